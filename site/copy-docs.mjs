// Copies docs/ below this folder, since pages find the packages of the site only from within it; and the javadoc of each module
// for which `mvn install` has made it.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'

for (const folder of ['target/docs', 'target/public']) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}
cpSync('../docs', 'target/docs', { recursive: true })

const modules = readdirSync('..').filter(module => existsSync(`../${module}/target/reports/apidocs/index.html`))
modules.forEach(module =>
  cpSync(`../${module}/target/reports/apidocs`, `target/public/javadoc/${module}`, { recursive: true }))

const rows = modules.map(module => {
  const described = /<description>([^<]*)<\/description>/.exec(readFileSync(`../${module}/pom.xml`, 'utf8'))
  return `| [${module}](/javadoc/${module}/index.html){target="_self"} | ${described ? described[1].trim() : ''} |`
})
const none = 'This site was built without javadoc: `mvn install` makes it, and then the site has it.'
const table = ['| module | what it is |', '|---|---|', ...rows].join('\n')
writeFileSync('target/docs/javadoc.md', `# Javadoc\n\n${rows.length > 0 ? table : none}\n`)
