import { Type } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'

export const RangeHeadersSchema = Type.Object({
  range: Type.Optional(
    Type.String({
      maxLength: LIMITS.textLength,
      description: 'One range of bytes (RFC 9110, 14.2), so that a player can go to any place. Others are not read.',
      examples: ['bytes=0-65535'],
    }),
  ),
})

const HEADERS = { 'Accept-Ranges': {}, 'Content-Disposition': {} }

function audio(description: string, headers: Readonly<Record<string, object>>) {
  return {
    description,
    headers,
    content: {
      'audio/*': {
        schema: Type.String({ format: 'binary', description: 'The sound, as Exotel keeps it.' }),
        example: 'ID3',
      },
    },
  }
}

/** The recording, or a part of it. Its exact type is that of what Exotel keeps: `audio/mpeg` mostly. */
export const recordingResponses = {
  200: audio('The recording. A connection broken off before its end means that not all of it came.', HEADERS),
  206: audio('The part of it that `Range` asked for.', { ...HEADERS, 'Content-Range': {} }),
}
