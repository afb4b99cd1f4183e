import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
}

/** orval names the answer of each status after it: that number tells nothing apart. */
const STATUS_NAME = /Response\d{3}$/

/**
 * Compiles a generated SDK as a strict project would.
 * @param own files that come from the generator, not from the contract: what they declare is not looked at
 * @returns a line for each error, each `any` and each declared name that ends in a number
 */
export async function faultsOfSdk(folder: string, own: RegExp): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const paths = files.map((name) => join(folder, name))
  await Promise.all(paths.map(checkAgain))
  const program = ts.createProgram(paths, OPTIONS)
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName.slice(folder.length) ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  const sources = paths
    .filter((path) => !own.test(path.slice(folder.length)))
    .map((path) => program.getSourceFile(path))
  return [...errors, ...sources.flatMap((source) => (source ? faultsOfFile(source) : []))]
}

/** Takes away the comment with which swagger-typescript-api turns checking off. */
async function checkAgain(path: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('// @ts-nocheck\n', ''))
}

function faultsOfFile(source: ts.SourceFile): string[] {
  const faults: string[] = []
  const visit = (node: ts.Node, within: string): void => {
    const name = (node as { name?: ts.Node }).name?.getText(source)
    const place = name === undefined ? within : `${within}.${name}`
    if (node.kind === ts.SyntaxKind.AnyKeyword) faults.push(`any: ${place}`)
    if (isDeclared(node) && /\d$/.test(String(name)) && !STATUS_NAME.test(String(name)))
      faults.push(`numbered: ${place}`)
    ts.forEachChild(node, (child) => {
      visit(child, place)
    })
  }
  visit(source, source.fileName.split('/').at(-1) ?? '')
  return faults
}

/** What users of the SDK write: not the members of its types, whose names the contract gives. */
function isDeclared(node: ts.Node): boolean {
  const isConstant = ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent)
  return isConstant || ts.isDeclarationStatement(node) || ts.isClassElement(node)
}
