package dev.clew.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.engine.format.MembersCodec;
import dev.clew.graph.plan.Arrivals;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.plan.Sent;
import dev.clew.graph.plan.Waiting;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored form of plans. */
class PlanMembersTest {
    private static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class, PlanMembers.ONLY);
    private static final Codec CODEC = MembersCodec.over(JsonCodec.standard());

    private static final Plan WHOLE = new Plan(
            12,
            List.of(new Due("write", 3, null), new Due("search", 1, new Sent("plan", 2, 0, 10_000))),
            List.of(new Arrivals("review", List.of("write", "search"))),
            List.of(
                    new Waiting("report", true, List.of(new Sent("plan", 1, 2, 3), new Sent("search", 4, 5, 6))),
                    new Waiting("count", false, List.of())),
            100,
            List.of("write", "search"));

    private static String stored(Plan plan) {
        return new String(CODEC.encode(plan, PLAN), UTF_8);
    }

    private static Plan read(String stored) {
        return CODEC.decode(stored.getBytes(UTF_8), PLAN);
    }

    @Test
    void aPlanIsStoredAsOneText() {
        assertThat(stored(WHOLE))
                .isEqualTo("{\"plan\":\"12 100;run write 3;run search 1 plan 2 0 10000;join review write search;"
                        + "edge report plan 1 2 3 search 4 5 6;sent count;pause write search\"}");
        assertThat(read(stored(WHOLE))).isEqualTo(WHOLE);
    }

    @Test
    void aPlanWithNothingDueIsReadAgain() {
        Plan end = new Plan(1, List.of(), List.of(), List.of());

        assertThat(stored(end)).isEqualTo("{\"plan\":\"1 0\"}");
        assertThat(read(stored(end))).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "50%", "%20", "%25", "a;b", "%3B;", "é\"\\", " ", "run", "1"})
    void anyNameOfANodeIsReadAgain(String name) {
        Plan plan = new Plan(
                2,
                List.of(new Due(name, 1, new Sent(name, 1, 0, 1)), new Due(name, 2, null)),
                List.of(new Arrivals(name, List.of(name, name))),
                List.of(new Waiting(name, true, List.of(new Sent(name, 1, 0, 1)))),
                3,
                List.of(name));

        assertThat(read(stored(plan))).isEqualTo(plan);
    }

    @Test
    @Tag("G180")
    void aPlanThatAnEarlierVersionStoredIsRead() {
        String components = new String(JsonCodec.standard().encode(WHOLE, TypeRef.of(Plan.class)), UTF_8);

        assertThat(components).startsWith("{\"number\":12,\"due\":[{\"node\":\"write\",\"first\":3,\"sent\":null},");
        assertThat(read(components)).isEqualTo(WHOLE);
        assertThat(read("{\"number\":1,\"due\":[],\"arrivals\":[],\"waiting\":[]}"))
                .isEqualTo(new Plan(1, List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1 ",
                "x 2",
                "1 2;",
                "1 2;run",
                "1 2;run a",
                "1 2;run a x",
                "1 2;run a 1 b",
                "1 2;run a 1 b 1 1",
                "1 2;run a 1 b 1 1 1 1",
                "1 2;join",
                "1 2;edge",
                "1 2;leap a",
                "1 2 3"
            })
    void aTextThatIsNoPlanIsRefusedWithItsPath(String text) {
        assertThatThrownBy(() -> read("{\"plan\":\"" + text + "\"}"))
                .isInstanceOfSatisfying(
                        CodecException.class,
                        refused -> assertThat(refused.path()).isEqualTo("$"))
                .hasMessageContaining("the plan '" + text + "' has ");
    }
}
