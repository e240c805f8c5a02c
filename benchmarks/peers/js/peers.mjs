// The workloads in LangGraph for JavaScript. Prints one JSON line for each: the median of the calls, in microseconds for each unit.
import { rmSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Annotation, Command, END, MemorySaver, START, StateGraph, entrypoint, interrupt, task,
} from '@langchain/langgraph'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'

const [steps, threads, calls] = process.argv.slice(2).map(Number)
const version = createRequire(import.meta.url)('@langchain/langgraph/package.json').version
const engine = `LangGraph JS ${version}`
let runs = 0

function config() {
  return { configurable: { thread_id: `t${++runs}` }, recursionLimit: steps + 10 }
}

async function measure(workload, variant, units, call) {
  for (let i = 0; i < calls; i++) {
    await call() // warms
  }
  const times = []
  for (let i = 0; i < calls; i++) {
    const began = process.hrtime.bigint()
    await call()
    times.push(Number(process.hrtime.bigint() - began) / 1000 / units)
  }
  report(workload, variant, times)
}

async function each(threads, call) {
  const times = []
  for (const thread of threads) {
    const began = process.hrtime.bigint()
    await call(thread)
    times.push(Number(process.hrtime.bigint() - began) / 1000)
  }
  return times
}

function report(workload, variant, times) {
  times.sort((a, b) => a - b)
  console.log(JSON.stringify({ engine, workload, variant, us: times[Math.floor(times.length / 2)] }))
}

/** A saver in memory, or in a file of its own, which is deleted at the end. */
async function withSaver(variant, work) {
  if (variant === 'memory') {
    return work(new MemorySaver())
  }
  const folder = mkdtempSync(join(tmpdir(), 'peers'))
  const saver = SqliteSaver.fromConnString(join(folder, 'peers.db'))
  try {
    return await work(saver)
  } finally {
    saver.db.close()
    rmSync(folder, { recursive: true })
  }
}

const add = task('add', async n => n + 1)

const sequence = saver => entrypoint({ name: 'sequence', checkpointer: saver }, async n => {
  let sum = 0
  for (let i = 0; i < n; i++) {
    sum = await add(sum)
  }
  return sum
})

const fanOut = saver => entrypoint({ name: 'fanOut', checkpointer: saver }, async n =>
  (await Promise.all(Array.from({ length: n }, (_, i) => add(i)))).length)

const pausing = saver => entrypoint({ name: 'pausing', checkpointer: saver }, async n => {
  let sum = 0
  for (let i = 0; i < n; i++) {
    sum = await add(sum)
  }
  return sum + interrupt('how much?')
})

function loop(saver) {
  const state = Annotation.Root({ notes: Annotation({ reducer: (a, b) => a.concat(b), default: () => [] }) })
  return new StateGraph(state)
    .addNode('add', () => ({ notes: ['n'.repeat(100)] }))
    .addEdge(START, 'add')
    .addConditionalEdges('add', s => (s.notes.length < steps ? 'add' : END))
    .compile({ checkpointer: saver })
}

for (const variant of ['memory', 'sqlite']) {
  const durability = 'sync'
  await withSaver(variant, async saver => {
    await measure('tasks in order', variant, steps, () => sequence(saver).invoke(steps, { ...config(), durability }))
    await measure('tasks at once', variant, steps, () => fanOut(saver).invoke(steps, { ...config(), durability }))
    await measure('supersteps of a graph', variant, steps, () => loop(saver).invoke({}, { ...config(), durability }))
    const flow = pausing(saver)
    let asked, answered
    for (const round of ['warms', 'counts']) {
      const parked = Array.from({ length: threads }, () => ({ ...config(), durability }))
      asked = await each(parked, own => flow.invoke(3, own))
      answered = await each(parked, own => flow.invoke(new Command({ resume: 1 }), own))
    }
    report('a thread that asks', variant, asked)
    report('a thread that is answered', variant, answered)
  })
}
