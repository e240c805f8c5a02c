// The documentation as a site: pages of docs/, with search, a dark scheme and the javadoc. A dead link fails the build.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const site = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(site)
const docs = join(root, 'docs')
const version = process.env.CLEW_VERSION ?? 'unknown version'

/** Where sources can be read, such as https://example.org/clew/blob/main/; without it, links to sources are plain text. */
const sources = process.env.CLEW_SOURCES

function pages(folder) {
  return readdirSync(join(docs, folder))
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .map(file => ({ text: title(join(docs, folder, file)), link: `/${folder}${folder && '/'}${file.replace(/\.md$/, '')}` }))
}

function title(file) {
  const heading = /^# (.*)$/m.exec(readFileSync(file, 'utf8'))
  return heading[1].replaceAll('`', '')
}

/** The folders of docs/ that have pages, in the order in which a reader needs them. */
function sections() {
  const known = { tutorial: 'Tutorial', guides: 'Guides', 'coming-from': 'Coming from', reference: 'Reference', adr: 'Decisions' }
  const groups = Object.entries(known)
    .filter(([folder]) => existsSync(join(docs, folder)))
    .map(([folder, text]) => ({ text, collapsed: folder === 'adr', items: pages(folder) }))
  return [{ text: 'Clew', items: [{ text: 'Documentation', link: '/' }, ...pages('')] }, ...groups]
}

/** Links that leave docs/ lead to sources; a folder leads to its first page. */
function linksBeyondDocs(md) {
  const open = md.renderer.rules.link_open ?? ((tokens, at, options, env, self) => self.renderToken(tokens, at, options))
  md.core.ruler.push('links-beyond-docs', state => {
    const here = dirname(resolve(docs, state.env.relativePath ?? ''))
    for (const inline of state.tokens.filter(token => token.type === 'inline')) {
      let gone = false
      for (const token of inline.children) {
        if (token.type === 'link_open') {
          gone = !adapt(token, here)
        }
        if (gone && (token.type === 'link_open' || token.type === 'link_close')) {
          const opens = token.type === 'link_open'
          token.tag = 'span'
          token.attrs = opens ? [['class', 'source'], ['title', token.attrGet('href')]] : null
          token.type = opens ? 'span_open' : 'span_close'
          gone = opens
        }
      }
    }
  })
  md.renderer.rules.link_open = open
}

/** Makes a link fit the site; false where it leads to no page. */
function adapt(link, here) {
  const href = link.attrGet('href')
  if (/^([a-z]+:|#|\/)/.test(href)) {
    return true
  }
  const [path, anchor] = href.split('#')
  const target = resolve(here, path)
  if (!existsSync(target)) {
    return true // a dead link, which the build reports
  }
  if (target === docs || target.startsWith(docs + '/')) {
    const folder = relative(docs, target)
    if (!/\.\w+$/.test(path) && pages(folder).length > 0) {
      link.attrSet('href', pages(folder)[0].link)
    } else if (/\.md$/.test(path) || anchor) {
      return true
    }
    return /\.(md|png|svg)$/.test(path) || !/\.\w+$/.test(path)
  }
  if (sources) {
    link.attrSet('href', sources + relative(root, target))
  }
  return Boolean(sources)
}

export default defineConfig({
  title: 'Clew',
  description: 'Durable workflows, graphs and agents from plain Java methods',
  srcDir: 'target/docs',
  outDir: 'target/site',
  cacheDir: 'target/cache',
  rewrites: { 'README.md': 'index.md' },
  cleanUrls: false,
  lastUpdated: false,
  markdown: { html: false, config: linksBeyondDocs },
  vite: { publicDir: join(site, 'target/public') },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Errors', link: '/errors' },
      { text: 'Javadoc', link: '/javadoc' },
      { text: version, items: [{ text: 'This version', link: '/' }] },
    ],
    sidebar: sections(),
  },
})
