/** What holds where nobody says otherwise. */

/** The country whose way of writing numbers a client uses, unless it says otherwise: ISO 3166-1, two letters. */
export const DEFAULT_REGION = 'IN'

/** The zone of clients that set none, unless `DEFAULT_TIMEZONE` says otherwise. */
export const DEFAULT_TIMEZONE = 'Asia/Kolkata'

export const DEFAULTS = {
  /** Of a client that is created. */
  plan: 'professional',
  monthlyLimit: 5000,
  features: ['call', 'mute', 'hold', 'dtmf'],
  recentCalls: 100,
  customerCalls: 50,
  recentActivity: 10,
  topCustomers: 10,
  /** Within how long a call is answered in time, and how soon a caller gives up who hardly heard it ring. */
  serviceLevelSeconds: 20,
  abandonSeconds: 5,
  page: 1,
  pageSize: 50,
  exportColumns: [
    'sessionId',
    'customerName',
    'phoneNumber',
    'direction',
    'startTime',
    'endTime',
    'duration',
    'customerId',
  ],
  exportTimes: 'utc',
  overlapHours: 24,
  sessionSeconds: 8 * 60 * 60,
  graceDays: 30,
  auditEntries: 50,
  missedCallWindowHours: 24,
  missedCallWindowIn: 'clock',
  missedCallDays: 7,
  exotelHost: 'api.exotel.com',
} as const
