package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Final;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskBody;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code @Previous} parameters get, and what {@link Final} makes of it. */
public abstract class PreviousSuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<List<String>> TEXTS = new TypeRef<>() {};

    private static WorkflowSpec<String, String> spec(TaskBody<?> body) {
        return WorkflowSpec.of("Lab.run", TEXT, TEXT).previous(TEXT).body(body);
    }

    /** Puts its input behind what the last run returned. */
    private static WorkflowSpec<String, String> appending() {
        return spec(call -> call.<String>previous() + call.<String>arg(0));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B150")
    @Tag("B152")
    void isWhatTheLastCompletedRunReturnedOrNull(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(appending());

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("nulla");
        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("nullab");
        assertThat(lab.restart().workflow().invoke("c", T).value()).isEqualTo("nullabc");
    }

    @Test
    @Tag("B151")
    void isAlwaysNullWithoutACheckpointer() {
        Lab lab = opened(new Lab(null, Durability.SYNC)).spec(appending());
        lab.workflow().invoke("a", T);

        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("nullb");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B153")
    void isTheSavedHalfOfAFinalWhileCallersSeeTheOther(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                        .saves(TEXT)
                        .previous(TEXT)
                        .body(call -> {
                            String input = call.arg(0);
                            return Final.of("saw " + call.previous(), input.equals("reset") ? null : input);
                        }));

        assertThat(lab.workflow().invoke("one", T).value()).isEqualTo("saw null");
        assertThat(lab.workflow().state(T).value()).isEqualTo("saw null");
        assertThat(lab.workflow().invoke("reset", T).value()).isEqualTo("saw one");
        assertThat(lab.restart().workflow().invoke("three", T).value()).isEqualTo("saw null");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B154")
    void isNotChangedByRunsThatDidNotComplete(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(spec(call -> {
            String input = call.arg(0);
            if (input.equals("fail")) {
                throw new IllegalStateException("no");
            } else if (input.equals("ask")) {
                call.run().interrupt(OK, "?");
            }
            return call.<String>previous() + input;
        }));
        lab.workflow().invoke("a", T);

        assertThatThrownBy(() -> lab.workflow().invoke("fail", T)).isInstanceOf(WorkflowFailedException.class);
        lab.workflow().invoke("ask", T);
        lab.workflow().invoke("ask", T.whenInterrupted(WhenInterrupted.ABANDON));
        lab.workflow().cancel(T);

        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("nullab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B155")
    void isTheSameWhenARunIsResumed(Durability durability) throws Exception {
        List<String> seen = new ArrayList<>();
        Lab lab = lab(durability).spec(spec(call -> {
            seen.add(call.<String>previous());
            String input = call.arg(0);
            return input.equals("ask") ? "answered " + call.run().interrupt(OK, "?") : input;
        }));
        lab.workflow().invoke("first", T);

        lab.workflow().invoke("ask", T);
        lab.restart().workflow().invoke(Command.resume(true), T);
        lab.workflow().invoke("last", T);

        assertThat(seen).containsExactly(null, "first", "first", "answered true");
    }

    @Test
    @Tag("B155")
    void isTheSameWhenAFailedRunIsTriedAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(Durability.ASYNC).spec(spec(call -> {
            if (call.<String>arg(0).equals("b") && broken.getAndSet(false)) {
                throw new IllegalStateException("no");
            }
            return call.<String>previous() + call.<String>arg(0);
        }));
        lab.workflow().invoke("a", T);
        assertThatThrownBy(() -> lab.workflow().invoke("b", T)).isInstanceOf(WorkflowFailedException.class);

        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .isEqualTo("nullab");
    }

    @Test
    @Tag("B157")
    void isACopyMadeWhenTheRunCompleted() throws Exception {
        List<String> kept = new ArrayList<>();
        Lab lab = lab(Durability.ASYNC)
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                        .saves(TEXTS)
                        .previous(TEXTS)
                        .body(call -> {
                            List<String> before = call.previous();
                            kept.add(call.arg(0));
                            return Final.of(String.valueOf(before), kept);
                        }));
        lab.workflow().invoke("a", T);
        kept.add("changed afterwards");

        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("[a]");
    }

    @Test
    @Tag("B158")
    void thatCannotBeReadAnyMoreRefusesTheInputAndStoresNothing() throws Exception {
        Lab lab = lab(Durability.SYNC).spec(appending());
        lab.workflow().invoke("a", T);
        lab.spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                .previous(TypeRef.of(Integer.class))
                .body(call -> call.arg(0)));
        ThreadSummary before = lab.graph().threads(ThreadQuery.all()).get(0);

        assertThatThrownBy(() -> lab.workflow().invoke("b", T)).isInstanceOf(CodecException.class);

        assertThat(lab.graph().threads(ThreadQuery.all())).containsExactly(before);
        assertThat(lab.spec(appending()).workflow().invoke("b", T).value()).isEqualTo("nullab");
    }
}
