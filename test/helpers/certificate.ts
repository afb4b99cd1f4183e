import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Makes a certificate of this machine that vouches for itself. @returns the paths of its PEM files */
export async function makeCertificate(folder: string, name: string): Promise<{ cert: string; key: string }> {
  const cert = join(folder, `${name}.cert.pem`)
  const key = join(folder, `${name}.key.pem`)
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert])
  return { cert, key }
}
