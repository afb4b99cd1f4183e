import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Makes a certificate of this machine that vouches for itself, for a day.
 * @param made when it is dated, in the words of `date`: Debian's faketime turns the clock for what makes it
 * @returns the paths of its PEM files
 */
export async function makeCertificate(
  folder: string,
  name: string,
  made: string | null = null,
): Promise<{ cert: string; key: string }> {
  const cert = join(folder, `${name}.cert.pem`)
  const key = join(folder, `${name}.key.pem`)
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  const command = ['openssl', 'req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert]
  const [file = '', ...args] = made === null ? command : ['faketime', made, ...command]
  await promisify(execFile)(file, args)
  return { cert, key }
}
