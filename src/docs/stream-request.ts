/**
 * How Swagger UI asks for a stream. It shows an answer once that is over, and this one has no end: it gets the first seconds.
 * This function runs in the browser, where its text is sent: it refers to nothing outside itself.
 */
export function streamRequest<Request extends { userFetch?: typeof fetch }>(request: Request): Request {
  const shownMs = 2000
  request.userFetch = async (url, init) => {
    const response = await fetch(url, init)
    const { body, status, headers } = response
    if (body === null || headers.get('content-type') !== 'text/event-stream') return response
    const reader = body.pipeThrough(new TextDecoderStream()).getReader()
    const enough = new Promise<null>((resolve) => setTimeout(resolve, shownMs, null))
    let text = ''
    for (;;) {
      const part = await Promise.race([reader.read(), enough])
      if (part?.value === undefined) break
      text += part.value
    }
    await reader.cancel()
    return new Response(text, { status, headers })
  }
  return request
}
