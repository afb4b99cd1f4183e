/** Files of calls: their columns, and how they write times. */

/** What a column of a spreadsheet's file holds, by the name that asks for it: its heading, and what stands in it. */
export const EXPORT_COLUMNS = {
  sessionId: { heading: 'Session ID', holds: 'id of the call' },
  customerName: { heading: 'Customer Name', holds: 'name that the events gave the customer' },
  phoneNumber: { heading: 'Phone Number', holds: 'the customer’s number' },
  direction: { heading: 'Direction', holds: '`inbound` or `outbound`' },
  startTime: { heading: 'Start Time', holds: 'when the call began' },
  endTime: { heading: 'End Time', holds: 'when it ended' },
  duration: { heading: 'Duration (s)', holds: 'talk time in whole seconds' },
  customerId: { heading: 'Customer ID', holds: 'id of the customer' },
  status: { heading: 'Status', holds: 'status of the call as it is when the file is made' },
  answeredAt: { heading: 'Answered At', holds: 'when it was answered' },
  ringSeconds: {
    heading: 'Ring (s)',
    holds: 'whole seconds until it was answered or, if nobody answered, until it ended',
  },
  agentUserId: { heading: 'Agent', holds: 'the agent' },
  localDate: { heading: 'Date', holds: 'local date under which reports count the call' },
  localHour: { heading: 'Hour', holds: 'local hour, 0 to 23, under which reports count it' },
  virtualNumber: { heading: 'Virtual Number', holds: 'Exotel’s number that was called, or that the call showed' },
  endReason: { heading: 'End Reason', holds: 'why the call ended' },
  confirmed: { heading: 'Confirmed', holds: '`yes` when Exotel itself said how the call ended' },
  notes: { heading: 'Notes', holds: 'what somebody noted of it' },
  tags: { heading: 'Tags', holds: 'its tags, with a comma and a space between' },
  disposition: { heading: 'Disposition', holds: 'what it came to, in the client’s own words' },
  domain: { heading: 'Domain', holds: 'domain of the page that reported it' },
  logIds: { heading: 'Log IDs', holds: 'ids of its logged events, oldest first, with a space between' },
} as const satisfies Record<string, { readonly heading: string; readonly holds: string }>
export type ExportColumn = keyof typeof EXPORT_COLUMNS

/** How times are written in a file: as the API writes them, local with their offset, or local alone. */
export const EXPORT_TIMES = ['utc', 'offset', 'local'] as const
export type ExportTimes = (typeof EXPORT_TIMES)[number]
