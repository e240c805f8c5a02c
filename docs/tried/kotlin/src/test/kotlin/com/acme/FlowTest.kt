package com.acme

import dev.clew.testing.ClewAssertions.assertThat
import dev.clew.testing.ClewTest
import dev.clew.testing.Lab

class FlowTest {
    @ClewTest
    fun composesOnceThoughItsProcessCrashes(lab: Lab) {
        val write = lab.graph { FlowGraph.builder(Flow()) }.workflow(FlowGraph::write)

        assertThat(write.invoke("rain")).isInterruptedBy(PUBLISH, Draft("rainrain", sources = listOf("rain")))
        lab.crash()
        assertThat(write.answer(PUBLISH, true)).isCompletedWith(Draft("rainrain", 2, listOf("rain")))
            .executed("compose", 1)
    }
}
