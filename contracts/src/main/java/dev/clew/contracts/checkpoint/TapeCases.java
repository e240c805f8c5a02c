package dev.clew.contracts.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Deletion;
import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Tape} keeps, and for how long. */
abstract class TapeCases extends ContractCases {
    TapeCases(CheckpointerContract contract) {
        super(contract);
    }

    private Tape tape() {
        return subject().tape();
    }

    private void append(String threadId, int run, String... pieces) {
        for (String piece : pieces) {
            assertThat(tape().append(threadId, run, Rows.bytes(piece))).isTrue();
        }
    }

    private List<String> read(TapePlace... after) {
        return tape().read(List.of(after), 100).stream().map(TapeCases::text).toList();
    }

    private static String text(TapePiece piece) {
        return piece.threadId() + "/" + piece.run() + ":" + new String(piece.bytes(), UTF_8);
    }

    private static TapePlace start(int run) {
        return TapePlace.start(THREAD, run);
    }

    @Test
    void piecesAreReadInTheirOrderAfterTheOneThatIsKnown() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "a", "b", "c");

        List<TapePiece> all = tape().read(List.of(start(1)), 100);

        assertThat(all).extracting(TapeCases::text).containsExactly("essay-1/1:a", "essay-1/1:b", "essay-1/1:c");
        assertThat(all).extracting(TapePiece::seq).isSorted().doesNotHaveDuplicates();
        assertThat(read(new TapePlace(THREAD, 1, all.get(1).seq()))).containsExactly("essay-1/1:c");
        assertThat(read(new TapePlace(THREAD, 1, all.get(2).seq()))).isEmpty();
        assertThat(read(start(2))).isEmpty();
    }

    @Test
    void severalRunsAreReadAtOnceEachFromItsPlace() {
        parked(THREAD, ThreadStatus.IDLE);
        parked("日本", ThreadStatus.IDLE);
        append(THREAD, 1, "a");
        append(THREAD, 2, "b", "c");
        append("日本", 1, "d");
        long known = tape().read(List.of(start(2)), 1).get(0).seq();

        assertThat(read(start(1), new TapePlace(THREAD, 2, known), TapePlace.start("日本", 1), start(7)))
                .containsExactlyInAnyOrder("essay-1/1:a", "essay-1/2:c", "日本/1:d");
    }

    @Test
    void noMoreAreReadThanAskedForAndTheRestAfterwards() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "a", "b", "c");
        append(THREAD, 2, "d");

        List<TapePiece> some = tape().read(List.of(start(1), start(2)), 2);

        assertThat(some).hasSize(2);
        List<String> all = new ArrayList<>(some.stream().map(TapeCases::text).toList());
        long ofFirst = some.stream()
                .filter(piece -> piece.run() == 1)
                .mapToLong(TapePiece::seq)
                .max()
                .orElse(0);
        long ofSecond = some.stream()
                .filter(piece -> piece.run() == 2)
                .mapToLong(TapePiece::seq)
                .max()
                .orElse(0);
        all.addAll(read(new TapePlace(THREAD, 1, ofFirst), new TapePlace(THREAD, 2, ofSecond)));
        assertThat(all).containsExactlyInAnyOrder("essay-1/1:a", "essay-1/1:b", "essay-1/1:c", "essay-1/2:d");
        assertThat(tape().read(List.of(), 10)).isEmpty();
    }

    @Test
    void theNewestIsFoundByItself() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "a", "b");

        assertThat(tape().newest(THREAD, 1).map(TapeCases::text)).hasValue("essay-1/1:b");
        assertThat(tape().newest(THREAD, 2)).isEmpty();
        assertThat(tape().newest("other", 1)).isEmpty();
    }

    @Test
    void aThreadThatIsNotStoredGetsNone() {
        assertThat(tape().append("nobody", 1, Rows.bytes("a"))).isFalse();
        assertThat(read(TapePlace.start("nobody", 1))).isEmpty();
    }

    @Test
    void emptyPiecesAreKept() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "");

        assertThat(read(start(1))).containsExactly("essay-1/1:");
    }

    @Test
    void theOldestPiecesGoWhenThereAreTooManyBytes() {
        parked(THREAD, ThreadStatus.IDLE);
        int pieces = 24;
        IntStream.range(0, pieces)
                .forEach(i -> assertThat(tape().append(THREAD, 1, large(i))).isTrue());

        List<TapePiece> left = tape().read(List.of(start(1)), 100);

        assertThat(left).hasSize(16).extracting(piece -> piece.bytes()[0]).endsWith((byte) (pieces - 1));
    }

    /** A sixteenth of what is kept, which begins with this number. */
    private static byte[] large(int number) {
        byte[] bytes = new byte[(int) (Tape.MOST_BYTES / 16)];
        bytes[0] = (byte) number;
        return bytes;
    }

    @Test
    void theNewestPieceStaysHoweverLargeItIs() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "small");
        tape().append(THREAD, 1, new byte[(int) Tape.MOST_BYTES + 1]);

        assertThat(tape().read(List.of(start(1)), 10))
                .singleElement()
                .satisfies(piece -> assertThat(piece.bytes()).hasSize((int) Tape.MOST_BYTES + 1));
    }

    @Test
    void aRunsPiecesGoAllTogetherWhenTheNewestIsOldEnough() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "a");
        append(THREAD, 2, "other");
        clock().advance(Duration.ofMinutes(50));
        append(THREAD, 1, "b");
        clock().advance(Duration.ofMinutes(50));

        assertThat(tape().tidy()).isEqualTo(1);
        assertThat(read(start(1), start(2))).containsExactly("essay-1/1:a", "essay-1/1:b");

        clock().advance(Duration.ofMinutes(11));
        assertThat(tape().tidy()).isEqualTo(2);
        assertThat(tape().tidy()).isZero();
        assertThat(read(start(1))).isEmpty();
    }

    @Test
    void whatComesAfterAllWasForgottenIsReadAfterTheLastOneThatIsKnown() {
        parked(THREAD, ThreadStatus.IDLE);
        append(THREAD, 1, "a", "b", "c");
        long known = tape().newest(THREAD, 1).orElseThrow().seq();
        clock().advance(Tape.KEPT.plusMillis(5));
        tape().tidy();

        append(THREAD, 1, "d");

        assertThat(read(new TapePlace(THREAD, 1, known))).containsExactly("essay-1/1:d");
    }

    @Test
    void piecesGoWithTheirRunAndWithTheirThread() {
        parked(THREAD, ThreadStatus.IDLE);
        parked("other", ThreadStatus.IDLE);
        append(THREAD, 1, "a");
        append(THREAD, 2, "b");
        append("other", 1, "c");

        subject().delete(Deletion.runs(THREAD, epoch(THREAD), Set.of(RUN)));
        assertThat(read(start(1), start(2))).containsExactly("essay-1/2:b");

        subject().delete(Deletion.thread(THREAD, epoch(THREAD)));
        assertThat(read(start(2), TapePlace.start("other", 1))).containsExactly("other/1:c");
    }

    private long epoch(String threadId) {
        return subject().thread(threadId).orElseThrow().epoch();
    }
}
