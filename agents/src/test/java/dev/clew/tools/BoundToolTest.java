package dev.clew.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Describe;
import dev.clew.json.JsonCodec;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.ToolCall;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of a model's arguments is taken, and what is reported to it. */
@Tag("G161")
final class BoundToolTest {
    record Transfer(
            String to,
            long cents,
            Optional<String> note,
            @Nullable Colour colour) {}

    enum Colour {
        RED,
        BLUE
    }

    sealed interface Target {}

    record Account(@Describe("its number") String number) implements Target {}

    record Person(String name, List<Target> others) implements Target {}

    record Send(Target target, Map<String, Double> amounts, boolean urgent) {}

    private static BoundTool of(Class<?> arguments) {
        return BoundTool.of(AgentTool.of("pay", "Pays.", arguments, (a, context) -> null), JsonCodec.standard());
    }

    private static Map<String, Object> args(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Test
    void nothingIsNoTransferOfNothingToNobody() {
        assertThat(of(Transfer.class).problem(Map.of()))
                .contains("to: expected a value, given nothing", "cents: expected a value, given nothing")
                .doesNotContain("note", "colour");
        assertThat(of(Transfer.class).problem(args("To", "bob", "cents_", 500)))
                .contains("To: expected no such member; there are [to, cents, note, colour], given \"bob\"")
                .contains("cents: expected a value");
    }

    @Test
    void nullIsAValueOnlyWhereItIsMeant() {
        Map<String, Object> nulls = args("to", null, "cents", null, "note", null, "colour", null);

        assertThat(of(Transfer.class).problem(nulls))
                .contains("to: expected text, given null", "cents: expected a whole number, given null")
                .doesNotContain("note", "colour:");
    }

    @Test
    void whatIsMeantIsTaken() {
        BoundTool pay = of(Transfer.class);

        assertThat(pay.taken(args("to", "bob", "cents", "500")).get("cents")).hasToString("500");
        assertThat(pay.taken(args("to", "bob", "cents", 5.0)).get("cents")).hasToString("5");
        assertThat(pay.problem(args("to", "bob", "cents", 5.5))).contains("cents: expected a whole number, given 5.5");
        assertThat(pay.problem(args("to", 7, "cents", 1))).contains("to: expected text, given 7");
        assertThat(pay.problem(args("to", "bob", "cents", 1, "colour", "GREEN")))
                .contains("colour: expected one of [RED, BLUE], given \"GREEN\"");
    }

    @Test
    void caseIsToldByItsTypeAndReadAsTheCodecWritesIt() {
        BoundTool send = of(Send.class);
        Map<String, Object> account = args("type", "Account", "number", "7");
        Map<String, Object> written = args(
                "target",
                args("type", "Person", "name", "bob", "others", List.of(account)),
                "amounts",
                args("EUR", 1),
                "urgent",
                "true");

        assertThat(send.problem(written)).isEmpty();
        Map<?, ?> target = (Map<?, ?>) send.taken(written).get("target");
        assertThat(String.valueOf(target.get("@type"))).isEqualTo("Person");
        assertThat(send.taken(written).get("urgent")).isEqualTo(true);
        assertThat(send.problem(args("target", args("type", "Firm"), "amounts", Map.of(), "urgent", false)))
                .contains("target.type: expected one of [Account, Person], given \"Firm\"");
        assertThat(send.problem(args("target", args("number", "7"), "amounts", args("EUR", "much"), "urgent", 1)))
                .contains(
                        "target.type: expected one of",
                        "amounts.EUR: expected a number",
                        "urgent: expected true or false");
    }

    @Test
    void objectAndListAsTextAreRead() {
        BoundTool send = of(Send.class);
        Map<String, Object> written = args(
                "target", "{\"type\":\"Person\",\"name\":\"bob\",\"others\":\"[]\"}", "amounts", "{}", "urgent", false);

        assertThat(send.problem(written)).isEmpty();
        assertThat(send.problem(args("target", "bob", "amounts", "[1]", "urgent", false)))
                .contains(
                        "target: expected an object whose type is one of",
                        "amounts: expected an object, given \"[1]\"");
    }

    @Test
    void schemaOfAStrangerIsCheckedAsFarAsItIsKnown() {
        Map<String, Object> schema = Map.of(
                "type", "object",
                "properties", Map.of("q", Map.of("type", "string", "pattern", "x+"), "any", Map.of()),
                "required", List.of("q"));
        BoundTool search = BoundTool.of(
                AgentTool.of("search", "Searches.", schema, (arguments, context) -> arguments), JsonCodec.standard());

        assertThat(search.problem(args("q", "y", "any", List.of(1), "more", 1))).isEmpty();
        assertThat(search.problem(args("q", 1))).contains("q: expected text, given 1");
    }

    @Test
    @Tag("G168")
    void resultIsTextOrJsonOrBlocksAndIsCutIfItIsTooLong() {
        BoundTool pay = of(Transfer.class);
        ToolCall call = ToolCall.of("c1", "pay", Map.of());

        assertThat(pay.message(call, ToolResult.of(null)).text()).isEqualTo("done");
        assertThat(pay.message(call, ToolResult.of(new Account("7"))).text()).contains("\"number\":\"7\"");
        assertThat(pay.message(call, ToolResult.of(List.of(new ContentBlock.Text("a"))))
                        .content())
                .containsExactly(new ContentBlock.Text("a"));
        assertThat(pay.message(call, ToolResult.of("x".repeat(60_000))).text())
                .hasSizeLessThan(50_100)
                .endsWith("[cut: 10000 more characters; ask for less]");
        assertThat(pay.message(call, ToolResult.of("x").artifact(List.of(1))).artifact())
                .isEqualTo(List.of(1));
    }

    @Test
    void nameAndDescriptionAreChecked() {
        assertThatThrownBy(() -> AgentTool.of("book a trip", "Books.", Transfer.class, (a, context) -> null))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("1 to 64 letters");
        assertThatThrownBy(() -> AgentTool.of("book", " ", Transfer.class, (a, context) -> null))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("no description");
        assertThatThrownBy(() -> of(ArrayList.class)).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    void schemaOfAStrangerKeepsItsTypes() {
        Map<String, Object> text =
                Map.of("type", "object", "properties", Map.of("type", Map.of("const", "text"), "of", Map.of()));
        Map<String, Object> image = Map.of(
                "type",
                "object",
                "properties",
                Map.of("type", Map.of("const", "image"), "n", Map.of("type", "integer")));
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("only", text, "any", Map.of("anyOf", List.of(text, image))),
                "required",
                List.of());
        BoundTool send = BoundTool.of(AgentTool.of("send", "Sends.", schema, (a, context) -> a), JsonCodec.standard());
        Map<String, Object> written =
                args("only", args("type", "text", "of", "x"), "any", args("type", "image", "n", "7"));

        assertThat(send.problem(written)).isEmpty();
        assertThat(send.taken(written))
                .isEqualTo(args("only", args("type", "text", "of", "x"), "any", args("type", "image", "n", 7)));
        assertThat(send.problem(args("only", args("type", "image"))))
                .contains("only.type: expected one of [text], given \"image\"");
        assertThat(send.problem(args("only", Map.of(), "any", Map.of()))).isEmpty();
    }

    @Test
    void rulesSeeArgumentsOfTheirTypesAsTheModelWritesThem() {
        Map<String, Object> written =
                args("target", "{\"type\":\"Account\",\"number\":\"7\"}", "amounts", "{}", "urgent", "true");

        assertThat(of(Send.class).normal(written))
                .isEqualTo(args("target", args("type", "Account", "number", "7"), "amounts", Map.of(), "urgent", true));
        assertThat(of(Transfer.class)
                        .normal(args("to", "bob", "cents", "500000"))
                        .get("cents"))
                .isEqualTo(500000);
    }

    record Visit(java.time.LocalDate on) {}

    @Test
    void whatFitsTheSchemaAndCannotBeReadIsAProblem() {
        assertThat(of(Visit.class).problem(args("on", "tomorrow"))).contains("The arguments of 'pay' are wrong");
        assertThat(of(Visit.class).problem(args("on", "2027-01-01"))).isEmpty();
    }

    @Test
    void textsOfBlocksAreCutTogetherAndChangedBefore() {
        BoundTool read = BoundTool.of(
                AgentTool.of("read", "Reads.", Transfer.class, (a, context) -> null)
                        .longestText(10),
                JsonCodec.standard());
        ContentBlock image = ContentBlock.Image.ofUrl("https://example.org/a.png");

        assertThat(read.message(
                                ToolCall.of("c1", "read", Map.of()),
                                ToolResult.of(List.of(
                                        new ContentBlock.Text("secret"), image, new ContentBlock.Text("0123456789"))),
                                text -> text.replace("secret", "[hidden]"))
                        .content())
                .containsExactly(
                        new ContentBlock.Text("[hidden]"),
                        image,
                        new ContentBlock.Text("01\n[cut: 8 more characters; ask for less]"));
        assertThat(read.message(
                                ToolCall.of("c1", "read", Map.of()),
                                ToolResult.of("a secret at the end"),
                                text -> text.replace("secret", "[hidden]"))
                        .text())
                .startsWith("a [hidden]")
                .contains("[cut: 11 more");
    }

    @Test
    void schemaWithoutAnOrderHasOne() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("type", "object");
        ordered.put("properties", Map.of("why", Map.of("type", "string", "maxLength", 9), "answer", Map.of(), "b", 1));
        AgentTool tool = AgentTool.of("send", "Sends.", ordered, (a, context) -> a);

        assertThat(BoundTool.of(tool, JsonCodec.standard()).spec().parameters())
                .hasToString("{type=object, properties={answer={}, b=1, why={maxLength=9, type=string}}}");
    }
}
