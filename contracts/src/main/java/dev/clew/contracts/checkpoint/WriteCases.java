package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write stores, whole and in order. */
abstract class WriteCases extends ContractCases {
    WriteCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void threadThatNeverRanIsEmpty() {
        assertThat(subject().thread(THREAD)).isEmpty();
        assertThat(subject().run(THREAD, RUN)).isEmpty();
        assertThat(log(THREAD, RUN)).isEmpty();
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD))).isEmpty();
    }

    @Test
    void oneWriteStoresAllItsParts() {
        Claim claim = claimed();
        clock().advance(Duration.ofSeconds(3));
        Head head = new Head(ThreadStatus.IDLE, RUN, "loop-1", null, 2);
        CheckpointRecord loop = new CheckpointRecord(
                "loop-1",
                RUN,
                "input-" + RUN,
                CheckpointSource.LOOP,
                7,
                clock().instant(),
                Map.of("output", Rows.bytes("1"), "saved", Rows.bytes("2")),
                Map.of("user", "ann"));

        write(
                claim,
                new Write(
                        RUN,
                        Rows.log(RUN, 0, "a", "b").log(),
                        Rows.run(RUN).completed("loop-1"),
                        List.of(loop),
                        head,
                        true));

        assertThat(log(THREAD, RUN)).containsExactly("0:a", "1:b");
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN).completed("loop-1"));
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD).limit(1)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(loop);
        assertThat(thread(THREAD).head()).isEqualTo(head);
        assertThat(thread(THREAD).lease()).isNull();
        assertThat(thread(THREAD).updatedAt()).isEqualTo(clock().instant());
    }

    @Test
    void countsItsCommitsAndWhatTheyStored() {
        Claim claim = claimed();
        Commits before = subject().commits();

        write(claim, Rows.log(RUN, 0, "a"));
        write(claim, Rows.log(RUN, 1, "b"));

        Commits after = subject().commits();
        if (!after.equals(Commits.NONE)) {
            assertThat(after.count()).isEqualTo(before.count() + 2);
            assertThat(after.writes()).isEqualTo(before.writes() + 2);
            assertThat(after.meanWrites()).isGreaterThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CRASHED")
    void everyStatusIsStored(ThreadStatus status) {
        Claim claim = claimed();

        write(
                claim,
                new Write(
                        null,
                        List.of(),
                        Rows.run(RUN).with(status, Rows.bytes("why")),
                        List.of(),
                        Rows.head(status, RUN),
                        false));

        assertThat(thread(THREAD).head().status()).isEqualTo(status);
        RunRecord run = subject().run(THREAD, RUN).orElseThrow();
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.detail()).isEqualTo(Rows.bytes("why"));
    }

    @ParameterizedTest
    @EnumSource
    void everyCheckpointSourceIsStored(CheckpointSource source) {
        CheckpointRecord checkpoint =
                new CheckpointRecord("c", null, null, source, Integer.MAX_VALUE, Instant.EPOCH, Map.of(), Map.of());

        write(claimed(), Rows.checkpoints(checkpoint));

        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD).id("c"))).containsExactly(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void seedIsStoredWhateverItIs(long seed) {
        RunRecord run = new RunRecord("seeded", 2, "i", "o", seed, clock().instant(), ThreadStatus.IDLE, null);

        write(claimed(), new Write(null, List.of(), run, List.of(), null, false));

        assertThat(subject().run(THREAD, "seeded")).contains(run);
    }

    @Test
    void threadKnowsTheGreatestNumberThatARunHasHad() {
        Claim claim = claimed();
        Write none = new Write(null, List.of(), null, List.of(), null, false);

        write(claim, none);
        assertThat(thread(THREAD).runs()).isEqualTo(1);

        write(claim, new Write(null, List.of(), Rows.numbered(Rows.run("seventh"), 7), List.of(), null, false));
        write(claim, new Write(null, List.of(), Rows.numbered(Rows.run("third"), 3), List.of(), null, false));
        write(claim, Rows.release(ThreadStatus.IDLE, RUN));
        subject().delete(Deletion.runs(THREAD, claim.epoch(), Set.of("seventh")));

        assertThat(subject().run(THREAD, "third"))
                .hasValueSatisfying(run -> assertThat(run.number()).isEqualTo(3));
        assertThat(thread(THREAD).runs()).isEqualTo(7);
    }

    @Test
    void momentsAreStoredToTheNanosecond() {
        Instant precise = Instant.parse("2031-01-02T03:04:05.678901234Z");
        Claim claim = claimed();
        RunRecord run = new RunRecord("precise", 2, "i", null, 0, precise, ThreadStatus.RUNNING, null);
        Head head = new Head(ThreadStatus.SLEEPING, RUN, "input-" + RUN, precise, 0);

        write(claim, new Write(null, List.of(), run, List.of(), head, false));

        assertThat(subject().run(THREAD, "precise")).contains(run);
        assertThat(thread(THREAD).head()).isEqualTo(head);
    }

    @Test
    void partsThatAreLeftOutStayAsTheyAre() {
        Claim claim = claimed();
        ThreadRecord before = thread(THREAD);

        write(claim, Rows.log(RUN, 0, "a"));

        assertThat(thread(THREAD).head()).isEqualTo(before.head());
        assertThat(thread(THREAD).lease()).isEqualTo(before.lease());
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN));
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).hasSize(1);
    }

    @Test
    void emptyWriteIsAFlush() {
        Claim claim = claimed();
        CompletionStage<Void> behind = subject().write(claim, Rows.log(RUN, 0, "a"), false);

        write(claim, Rows.checkpoints());

        assertThat(behind.toCompletableFuture()).isCompleted();
        assertThat(log(THREAD, RUN)).containsExactly("0:a");
    }

    @Test
    void runsOfAThreadAreApart() {
        Claim claim = claimed();
        write(claim, Rows.open("run-2"));

        write(claim, Rows.log(RUN, 0, "one"));
        write(claim, Rows.log("run-2", 0, "two"));

        assertThat(log(THREAD, RUN)).containsExactly("0:one");
        assertThat(log(THREAD, "run-2")).containsExactly("0:two");
    }

    @Test
    void runsOfOneNameInTwoThreadsAreApart() {
        Claim first = claimed();
        Claim second = claim("essay-2", "ann", RUN);

        write(first, Rows.log(RUN, 0, "one"));
        write(second, Rows.log(RUN, 0, "two"));

        assertThat(log(THREAD, RUN)).containsExactly("0:one");
        assertThat(log("essay-2", RUN)).containsExactly("0:two");
        assertThat(checkpointIds(CheckpointQuery.of("essay-2"))).containsExactly("input-" + RUN);
    }

    @Test
    void writesOfAClaimTakeEffectInTheOrderOfTheCalls() {
        Claim claim = claimed();
        List<CompletionStage<Void>> stages = new ArrayList<>();

        for (int seq = 0; seq < 500; seq++) {
            stages.add(subject().write(claim, Rows.log(RUN, seq, "e" + seq), seq % 50 == 49));
        }

        assertThat(stages).allSatisfy(stage -> assertThat(failureOf(stage)).isNull());
        assertThat(log(THREAD, RUN))
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .mapToObj(seq -> seq + ":e" + seq)
                        .toList());
    }

    @Test
    void stageOfALaterWriteEndsNoEarlierThanThoseBefore() {
        Claim claim = claimed();
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int seq = 0; seq < 100; seq++) {
            stages.add(subject().write(claim, Rows.log(RUN, seq, "e"), false));
        }

        write(claim, Rows.log(RUN, 100, "last"));

        assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isDone());
    }

    @Test
    void readersSeeOnlyWholeWritesAndAlwaysAPrefix() throws Exception {
        Claim claim = claimed();

        List<Boolean> sound = Contenders.race(4, contender -> {
            if (contender == 0) {
                for (int seq = 0; seq < 400; seq += 4) {
                    subject().write(claim, Rows.log(RUN, seq, "a", "b", "c", "d"), seq % 40 == 0);
                }
                write(claim, Rows.checkpoints());
                return true;
            }
            return IntStream.range(0, 60).allMatch(i -> log(THREAD, RUN).size() % 4 == 0);
        });

        assertThat(sound).doesNotContain(false);
        assertThat(log(THREAD, RUN)).hasSize(400);
    }

    @Test
    void manyThreadsWriteAtOnce() throws Exception {
        Contenders.race(16, contender -> {
            Claim claim = claim("thread-" + contender, "ann", RUN);
            for (int seq = 0; seq < 25; seq++) {
                write(claim, Rows.log(RUN, seq, "t" + contender));
            }
            return contender;
        });

        for (int contender = 0; contender < 16; contender++) {
            String entry = ":t" + contender;
            assertThat(log("thread-" + contender, RUN))
                    .hasSize(25)
                    .allSatisfy(line -> assertThat(line).endsWith(entry));
        }
    }
}
