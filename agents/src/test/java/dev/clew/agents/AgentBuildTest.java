package dev.clew.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.Permissions;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an agent may be built of. */
final class AgentBuildTest {
    private final Travel travel = new Travel();

    @Test
    @Tag("G167")
    void twoToolsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .tools(travel.book(), travel.book())
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("two tools are named 'book'");
    }

    @Test
    void ruleAboutAToolThatIsNotThereIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .tools(travel.book())
                        .middleware(HumanInTheLoop.on(ToolRef.of("bok")))
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'bok'")
                .hasMessageContaining("did you mean 'book'?");
        assertThat(Agent.builder("travel", Script.of())
                        .tools(travel.book())
                        .middleware(HumanInTheLoop.on(ToolRef.of("bok").optional()))
                        .build()
                        .name())
                .isEqualTo("travel");
    }

    @Test
    void middlewareWithoutALastingNameIsRefused() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .middleware(hooks -> hooks.tools(travel.book()))
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("Middleware.named");
    }

    @Test
    void ruleAboutAFormerNameIsRefusedWithThePresentOne() {
        for (ToolRef old : List.of(ToolRef.of("reserve"), ToolRef.of("reserve").optional())) {
            assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                            .tools(travel.book().formerly("reserve"))
                            .middleware(HumanInTheLoop.on(old))
                            .build())
                    .isInstanceOf(IllegalRequestException.class)
                    .hasMessageContaining("'reserve', which was renamed to 'book'");
        }
    }

    @Test
    void permissionAboutAToolThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .tools(travel.book())
                        .middleware(Permissions.none().allow("pay*").ask("bok"))
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("did you mean 'book'?");
    }

    @Test
    void severalOfOneMiddlewareStandSideBySide() {
        assertThat(Agent.builder("travel", Script.of())
                        .tools(travel.book(), travel.weather())
                        .middleware(
                                HumanInTheLoop.on(Travel.BOOK),
                                HumanInTheLoop.on(ToolRef.of("weather")).description("Look?"),
                                ToolErrors.tell(IllegalStateException.class),
                                ToolErrors.tell(),
                                Permissions.none().ask("book"),
                                Permissions.none().deny("book"))
                        .build()
                        .name())
                .isEqualTo("travel");
    }
}
