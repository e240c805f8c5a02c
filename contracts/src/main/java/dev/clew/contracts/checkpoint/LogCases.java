package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans of a log, and the bytes in it. */
abstract class LogCases extends ContractCases {
    LogCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void scanStartsWhereItIsTold() {
        write(claimed(), Rows.log(RUN, 0, "a", "b", "c"));

        assertThat(log(THREAD, RUN, 0)).containsExactly("0:a", "1:b", "2:c");
        assertThat(log(THREAD, RUN, 1)).containsExactly("1:b", "2:c");
        assertThat(log(THREAD, RUN, 2)).containsExactly("2:c");
        assertThat(log(THREAD, RUN, 3)).isEmpty();
        assertThat(log(THREAD, RUN, Long.MAX_VALUE)).isEmpty();
        assertThat(log(THREAD, RUN, -1)).hasSize(3);
    }

    @Test
    void scanStaysWithinItsRun() {
        Claim claim = claimed();
        for (String runId : List.of("run-0", "run-2", "run-3")) {
            write(claim, Rows.open(runId));
            write(claim, Rows.log(runId, 0, "other", "other", "other"));
        }
        write(claim, Rows.log(RUN, 0, "mine"));

        assertThat(log(THREAD, RUN)).containsExactly("0:mine");
        assertThat(log(THREAD, "run-2")).hasSize(3);
    }

    @Test
    void unknownThreadOrRunScansAsEmpty() {
        write(claimed(), Rows.log(RUN, 0, "a"));

        assertThat(log("nobody", RUN)).isEmpty();
        assertThat(log(THREAD, "no-such-run")).isEmpty();
    }

    @Test
    void everyByteIsStoredAsGiven() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        write(claimed(), Write.log(RUN, List.of(new LogRecord(0, all), new LogRecord(1, new byte[0]))));

        List<byte[]> stored = new ArrayList<>();
        subject().scan(THREAD, RUN, 0, entry -> stored.add(entry.bytes()));
        assertThat(stored).hasSize(2);
        assertThat(stored.get(0)).isEqualTo(all);
        assertThat(stored.get(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 1_100, 4_096, 70_000, 3_000_000})
    void entriesOfEverySizeAreStored(int size) {
        Claim claim = claimed();
        byte[] large = new byte[size];
        large[0] = 1;
        large[size - 1] = -1;

        write(claim, Write.log(RUN, List.of(new LogRecord(0, large))));
        write(claim, Rows.log(RUN, 1, "next"));

        List<byte[]> stored = new ArrayList<>();
        subject().scan(THREAD, RUN, 0, entry -> stored.add(entry.bytes()));
        assertThat(stored.get(0)).isEqualTo(large);
        assertThat(text(stored.get(1))).isEqualTo("next");
    }

    @Test
    void longLogIsScannedInOrder() {
        Claim claim = claimed();
        String[] entries = new String[3_000];
        Arrays.fill(entries, "e");
        write(claim, Rows.log(RUN, 0, entries));
        write(claim, Rows.log(RUN, 3_000, entries));

        List<Long> places = new ArrayList<>();
        subject().scan(THREAD, RUN, 10, entry -> places.add(entry.seq()));

        assertThat(places).hasSize(5_990).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void firstEntriesAreScannedAlone() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a", "b", "c", "d"));

        for (int atMost : new int[] {1, 2, 3, 9}) {
            List<Long> places = new ArrayList<>();
            subject().scan(THREAD, RUN, 1, atMost, entry -> places.add(entry.seq()));

            assertThat(places).isEqualTo(List.of(1L, 2L, 3L).subList(0, Math.min(3, atMost)));
        }
        subject().scan(THREAD, RUN, 4, 1, entry -> {
            throw new AssertionError("there is no entry " + entry.seq());
        });
    }

    @Test
    void consumerMayUseTheCheckpointer() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a", "b"));
        List<String> inner = new ArrayList<>();

        subject().scan(THREAD, RUN, 0, entry -> {
            inner.addAll(log(THREAD, RUN, entry.seq()));
            if (entry.seq() == 0) {
                write(claim, Rows.log(RUN, 2, "c"));
            }
        });

        assertThat(inner).containsExactly("0:a", "1:b", "1:b", "2:c");
    }

    @Test
    void consumerThatFailsHarmsNothing() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a", "b"));

        for (int i = 0; i < 50; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> subject().scan(THREAD, RUN, 0, entry -> {
                        throw new IllegalStateException("enough");
                    }));
        }

        assertThat(log(THREAD, RUN)).hasSize(2);
        write(claim, Rows.log(RUN, 2, "c"));
    }
}
