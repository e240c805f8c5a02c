package com.acme

import dev.clew.annotations.Entrypoint
import dev.clew.annotations.Task
import dev.clew.flow.Run
import dev.clew.flow.RunConfig
import dev.clew.flow.RunResult
import dev.clew.interrupt.InterruptKey
import dev.clew.sqlite.Sqlite
import java.nio.file.Path

data class Draft(val text: String, val revisions: Int = 1, val sources: List<String> = listOf())

val PUBLISH: InterruptKey<Draft, Boolean> =
    InterruptKey.of("publish", Draft::class.java, Boolean::class.javaObjectType)

open class Flow {
    @Task
    open fun compose(topic: String, times: Int): Draft {
        println("composing")
        return Draft(topic.repeat(times), sources = listOf(topic))
    }

    @Entrypoint
    open fun write(topic: String, tasks: FlowTasks, run: Run): Draft {
        val draft = tasks.compose(topic, 2).join()
        return if (run.interrupt(PUBLISH, draft)) draft.copy(revisions = 2) else draft
    }
}

fun main(args: Array<String>) {
    Sqlite.open(Path.of("essays.db")).use { db ->
        FlowGraph.builder(Flow()).checkpointer(db.checkpointer()).build().use { graph ->
            val essay = RunConfig.once("essay-1")
            var result: RunResult<Draft> = graph.write().invoke("rain", essay)
            if (result is RunResult.Interrupted<Draft> && args.isNotEmpty()) {
                result = graph.write().invoke(result.only(PUBLISH).answer(args[0] == "yes"), essay)
            }
            when (result) {
                is RunResult.Interrupted<Draft> -> println("${result.only(PUBLISH).value()}? Run again with yes or no.")
                else -> println(result.value())
            }
        }
    }
}
