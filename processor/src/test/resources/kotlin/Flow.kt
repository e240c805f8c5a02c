package com.acme

import dev.clew.annotations.Entrypoint
import dev.clew.annotations.Task
import dev.clew.flow.RunConfig

data class Draft(val text: String, val revisions: Int = 1, val sources: List<String> = listOf())

open class Flow {
    @Task
    open fun compose(topic: String, times: Int): Draft = Draft(topic.repeat(times), sources = listOf(topic))

    @Entrypoint
    open fun write(topic: String, tasks: FlowTasks): Draft = tasks.compose(topic, 2).join()
}

fun main() {
    FlowGraph.builder(Flow()).build().use { graph ->
        println(graph.write().invoke("rain", RunConfig.thread("one")).value())
    }
}
