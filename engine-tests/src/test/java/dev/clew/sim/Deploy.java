package dev.clew.sim;

import dev.clew.json.JsonCodec;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.function.Function;

/**
 * Two versions of a program's code, whose task {@code draft} gives values of different types. The newer one migrates what
 * the older one has stored; the older one cannot read what the newer one has stored.
 */
enum Deploy {
    OLD(
            JsonCodec.standard(),
            new Drafts<>(TypeRef.of(Old.class), text -> new Old(text, 1), draft -> draft.body() + draft.words())),
    NEW(
            JsonCodec.builder()
                    .migrate(New.class, stored -> {
                        stored.putIfAbsent("text", stored.remove("body"));
                        stored.computeIfPresent("words", (name, words) -> String.valueOf(words));
                        return stored;
                    })
                    .build(),
            new Drafts<>(TypeRef.of(New.class), text -> new New(text, "1"), draft -> draft.text() + draft.words()));

    record Old(String body, int words) {}

    record New(String text, String words) {}

    /** How a draft is made of a text, and what it says, which is the same in all versions. */
    private record Drafts<D>(TypeRef<D> type, Function<String, D> make, Function<D, String> show) {
        String draft(World world, Scope scope, String text) {
            TaskSpec<D> task = TaskSpec.of("draft", type)
                    .parameter("text", TypeRef.of(String.class))
                    .leaf(call -> make.apply(world.executing(call.taskContext(), text, () -> text)));
            return show.apply(scope.call(task, text).join());
        }
    }

    private final Codec codec;
    private final Drafts<?> drafts;

    Deploy(Codec codec, Drafts<?> drafts) {
        this.codec = codec;
        this.drafts = drafts;
    }

    Codec codec() {
        return codec;
    }

    /** What the draft of a text says, whichever version has made it. */
    String draft(World world, Scope scope, String text) {
        String said = drafts.draft(world, scope, text);
        world.check(said.equals(text + 1), "P7: the draft of %s was read as %s", text, said);
        return Interpreter.mix("draft", text);
    }
}
