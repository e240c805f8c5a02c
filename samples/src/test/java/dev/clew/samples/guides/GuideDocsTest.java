package dev.clew.samples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Retention;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.samples.guides.OrderFlow.Buyer;
import dev.clew.samples.guides.OrderFlow.Offer;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideDocsTest {
    private static final List<String> SHOPS = List.of("corner");

    public record OldAddress(String street, String town) {}

    public record Address(String street, String city) {}

    @TempDir
    private Path dir;

    @Test
    void anOrderIsAnsweredByAnOperatorAndGoesOnByRecovery() {
        Path file = dir.resolve("orders.db");
        List<String> asked = new ArrayList<>();
        try (var db = Sqlite.open(file);
                var graph = OrderFlowGraph.builder(new OrderFlow())
                        .checkpointer(db.checkpointer())
                        .context(new Buyer("ann"))
                        .listener(new StepLog())
                        .recoverEvery(Duration.ofMinutes(1))
                        .retainEvery(Duration.ofHours(6), Retention.keepLast(20).orFor(Duration.ofDays(90)))
                        .build()) {
            graph.order().invoke(SHOPS, RunConfig.thread("order-1"));

            try (var operator = Operator.of(db.checkpointer())) {
                for (ThreadSummary thread : operator.threads(ThreadQuery.all().status(ThreadStatus.INTERRUPTED))) {
                    asked.add(thread.threadId() + ": "
                            + operator.state(thread.threadId()).pending());
                }
                operator.answer("order-1", Command.resume(true));
            }

            List<RunResult<?>> results = new ArrayList<>();
            graph.recover().runs().forEach(run -> results.add(run.join()));

            assertThat(asked).singleElement().asString().startsWith("order-1: ");
            assertThat(results).hasSize(1);
            assertThat((Object) results.get(0).value()).isEqualTo("ann buys at corner");
            assertThat(graph.keepLast("order-1", 1)).isZero();
            graph.deleteThread("order-1");
            assertThat(graph.threads(ThreadQuery.all())).isEmpty();
        }
    }

    @Test
    void theThreadOfAJobIsDeletedSomeTimeAfterIt() {
        try (var graph = OrderFlowGraph.builder(new OrderFlow())
                .checkpointer(Checkpointer.inMemory())
                .context(new Buyer("ann"))
                .build()) {
            RunConfig job = RunConfig.once("order-17").deleteWhenDone(Duration.ofDays(7));
            graph.order().invoke(SHOPS, job);

            graph.order().invoke(Command.resume(true), job);

            assertThat(graph.threads(ThreadQuery.all()))
                    .singleElement()
                    .satisfies(thread -> assertThat(thread.deleteAt()).isPresent());
        }
    }

    @Test
    void aNewInputDropsAQuestionOnlyIfItAsksForThat() {
        try (var graph = OrderFlowGraph.builder(new OrderFlow())
                .checkpointer(Checkpointer.inMemory())
                .context(new Buyer("ann"))
                .build()) {
            RunConfig thread = RunConfig.thread("orders-of-ann");
            graph.order().invoke(SHOPS, thread);

            assertThatThrownBy(() -> graph.order().invoke(SHOPS, thread))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.INTERRUPTED));
            graph.order().invoke(SHOPS, thread.whenInterrupted(WhenInterrupted.ABANDON));

            assertThat(graph.order().history(thread)).hasSize(2);
        }
    }

    @Test
    void aFailureIsCaughtByItsRecordedClass() {
        try (var graph = OrderFlowGraph.builder(new OrderFlow())
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            RunConfig thread = RunConfig.thread("quote-1").context(new Buyer("ann"));

            assertThat(graph.quote().invoke("", thread).value()).isEqualTo(new Offer("nobody", 0));
        }
    }

    @Test
    void aWorkflowOfAnotherClassIsAChildInTheRunOrOnAThreadOfItsOwn() {
        Checkpointer store = Checkpointer.inMemory();
        try (var orders = OrderFlowGraph.builder(new OrderFlow())
                        .checkpointer(store)
                        .context(new Buyer("ann"))
                        .build();
                var parties = PartyFlowGraph.builder(new PartyFlow(orders.fastest()))
                        .checkpointer(store)
                        .context(new Buyer("ann"))
                        .build()) {
            assertThat(parties.prepare()
                            .invoke(SHOPS, RunConfig.thread("party"))
                            .value())
                    .isEqualTo(12);
            assertThat(orders.fastest().state("party-wine").status()).isEqualTo(ThreadStatus.IDLE);
        }
    }

    @Test
    void keysAreRotated() throws Exception {
        SecretKey oldKey = key();
        SecretKey newKey = key();
        Codec before = EncryptingCodec.builder(JsonCodec.standard())
                .key("2025", oldKey)
                .build();
        Codec codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("2025", oldKey)
                .key("2026", newKey)
                .current("2026")
                .build();
        Path file = dir.resolve("secret.db");
        for (Codec used : List.of(before, codec)) {
            try (var db = Sqlite.open(file);
                    var graph = OrderFlowGraph.builder(new OrderFlow())
                            .checkpointer(db.checkpointer())
                            .codec(used)
                            .context(new Buyer("ann"))
                            .build()) {
                RunConfig once = RunConfig.once("secret");
                assertThat(graph.fastest().invoke(SHOPS, once).value()).isEqualTo(new Offer("corner", 6));
            }
        }
    }

    @Test
    void storedValuesOfAnOlderFormAreMigrated() {
        Codec codec = JsonCodec.builder()
                .migrate(Address.class, stored -> {
                    if (stored.containsKey("town")) {
                        stored.put("city", stored.remove("town"));
                    }
                    return stored;
                })
                .build();

        byte[] stored =
                JsonCodec.standard().encode(new OldAddress("Harbour 1", "Chania"), TypeRef.of(OldAddress.class));

        assertThat(codec.decode(stored, TypeRef.of(Address.class))).isEqualTo(new Address("Harbour 1", "Chania"));
    }

    private static SecretKey key() throws Exception {
        KeyGenerator keys = KeyGenerator.getInstance("AES");
        keys.init(256);
        return keys.generateKey();
    }
}
