package dev.clew.json.message;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages of anything that they may hold. */
final class RandomMessages {
    private static final List<String> TEXTS =
            List.of("hi", "", "\"quoted\" \\ \n", "äöü 漢字 \uD83D\uDE00", "{\"a\":1}", "null", "a b");

    private final Random random;

    RandomMessages(Random random) {
        this.random = random;
    }

    MessageUpdate update() {
        return switch (random.nextInt(9)) {
            case 0 -> new RemoveMessage(text());
            case 1 -> new SystemMessage(maybe(this::text), maybe(this::text), content(), map(2));
            case 2, 3 -> new HumanMessage(maybe(this::text), maybe(this::text), content(), map(2));
            case 4, 5 ->
                new ToolMessage(
                        maybe(this::text),
                        maybe(this::text),
                        content(),
                        text(),
                        maybe(() -> plain(2)),
                        random.nextBoolean() ? ToolMessage.Status.ERROR : ToolMessage.Status.SUCCESS,
                        map(2));
            default ->
                new AiMessage(
                        maybe(this::text),
                        maybe(this::text),
                        content(),
                        list(() -> new ToolCall(text(), text(), map(3), map(1))),
                        list(() -> new InvalidToolCall(
                                maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text), map(1))),
                        maybe(() -> new Usage(number(), number(), number(), number(), number(), random.nextBoolean())),
                        map(2),
                        map(2));
        };
    }

    private List<ContentBlock> content() {
        return list(() -> switch (random.nextInt(6)) {
            case 0 -> new ContentBlock.Text(text(), map(1), map(1));
            case 1, 2 -> new ContentBlock.Text(text());
            case 3 -> new ContentBlock.Reasoning(text(), map(1), map(1));
            case 4 ->
                new ContentBlock.Image(maybe(this::text), text(), maybe(this::text), maybe(this::text), map(1), map(1));
            default -> new ContentBlock.Other(random.nextBoolean() ? "audio" : "server_tool_call", map(2));
        });
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private long number() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000);
    }

    private <T> List<T> list(Supplier<? extends T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put("k" + random.nextInt(5), random.nextInt(6) == 0 ? null : plain(depth));
        }
        return map;
    }

    private Object plain(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> new BigInteger(90, random);
            case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
            case 4 -> new BigDecimal(new BigInteger(60, random), random.nextInt(30));
            case 5 -> random.nextBoolean();
            case 6 -> text();
            case 7 -> map(depth - 1);
            default -> list(() -> plain(depth - 1));
        };
    }
}
