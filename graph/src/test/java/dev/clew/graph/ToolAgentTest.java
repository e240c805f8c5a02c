package dev.clew.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.graph.ToolAgent.McpTool;
import dev.clew.graph.ToolAgent.Model;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.graph.topology.TopologyNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The graph of the guide that is made at run time. */
final class ToolAgentTest {
    private final GraphSpec<String, String, ToolAgent.Chat> spec =
            ToolAgent.spec(new Model(), List.of(new McpTool("search"), new McpTool("weather")));

    @Test
    void isBuiltOfToolsThatOnlyRunTimeKnows() {
        assertThat(spec.topology().nodes())
                .extracting(TopologyNode::name)
                .containsExactly("model", "search", "weather");
        assertThat(spec.inputType().rawType()).isEqualTo(String.class);
        assertThat(spec.outputType().rawType()).isEqualTo(String.class);
        assertThat(spec.notes()).extracting(Finding::rule).containsExactly(GraphRule.COMPONENT_COPIED);
    }

    @Test
    @Tag("G136")
    @Tag("G138")
    @Tag("G139")
    void isDrawnFromItsTopology() {
        assertThat(spec.diagram()).isEqualTo("""
                        graph TD;
                        \t__start__([__start__]):::first
                        \tmodel("model")
                        \tsearch("search")
                        \tweather("weather")
                        \t__end__([__end__]):::last
                        \t__start__ --> model;
                        \tsearch --> model;
                        \tweather --> model;
                        \tmodel -.-> search;
                        \tmodel -.-> weather;
                        \tmodel -.-> __end__;
                        \tclassDef default fill:#f2f0ff,line-height:1.2
                        \tclassDef first fill-opacity:0
                        \tclassDef last fill:#bfb6fc
                        """);
    }

    @Test
    void canBeBuiltOn() {
        GraphSpec<String, String, ToolAgent.Chat> longer =
                spec.toBuilder().node("log").after("search").leaf(in -> null).build();

        assertThat(longer.topology().find("log")).isNotNull();
        assertThat(spec.topology().find("log")).isNull();
    }
}
