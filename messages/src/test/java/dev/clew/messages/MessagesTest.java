package dev.clew.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.IdSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reducer of conversations, by the lines of LangGraph's behaviour. */
final class MessagesTest {
    private static final Messages.Merge MERGE = new Messages.Merge();

    private static Message message(String id, String text) {
        return Message.user(text).withId(id);
    }

    private static List<Message> merged(List<Message> current, MessageUpdate... update) {
        return MERGE.apply(current, List.of(update));
    }

    /** G148 */
    @Test
    void newIdsAreAppendedAndEqualIdsReplaceInPlace() {
        List<Message> list = merged(List.of(), message("a", "1"), message("b", "2"));
        List<Message> replaced = merged(list, message("a", "3"), message("c", "4"));
        assertThat(replaced).containsExactly(message("a", "3"), message("b", "2"), message("c", "4"));
        assertThat(list).containsExactly(message("a", "1"), message("b", "2"));
    }

    /** G149, adapted: ids are made of where the update comes from, and the caller's object stays as it is. */
    @Test
    void missingIdsAreGivenBeforeTheFold() {
        IdSource ids = new IdSource() {
            @Override
            public String id(int index) {
                return "id" + index;
            }

            @Override
            public String idOfAttempt(int index) {
                return "attempt" + index;
            }
        };
        List<MessageUpdate> update = List.of(
                Message.user("hi"), message("x", "ho"), Message.ai("one"), Message.ai("two"), new RemoveMessage("a"));
        assertThat(MERGE.prepare(update, ids))
                .extracting(MessageUpdate::id)
                .containsExactly("id0", "x", "attempt0", "attempt1", "a");
        assertThat(update.get(0).id()).isNull();
        List<MessageUpdate> complete = List.of(message("x", "ho"));
        assertThat(MERGE.prepare(complete, ids)).isSameAs(complete);
    }

    /** G150, adapted: what is not there is ignored. G156: there is one rule. */
    @Test
    void removalOfAnUnknownIdIsIgnored() {
        List<Message> list = merged(List.of(), message("a", "1"));
        assertThat(merged(list, new RemoveMessage("b"))).isEqualTo(list);
        assertThat(merged(merged(list, new RemoveMessage("a")), new RemoveMessage("a")))
                .isEmpty();
    }

    /** G150 */
    @Test
    void removalAndAdditionInOneUpdateAreTakenInTheirOrder() {
        List<Message> list = merged(List.of(), message("a", "1"), message("b", "2"));
        assertThat(merged(list, new RemoveMessage("a"), message("a", "3")))
                .containsExactly(message("a", "3"), message("b", "2"));
        assertThat(merged(list, message("c", "3"), new RemoveMessage("c"))).isEqualTo(list);
        assertThat(merged(list, message("a", "3"), new RemoveMessage("a"))).containsExactly(message("b", "2"));
    }

    /** G151, G152: what follows the last one is merged onto nothing. */
    @Test
    void removalOfAllDropsWhatIsBeforeItsLastOccurrence() {
        List<Message> list = merged(List.of(), message("a", "1"));
        assertThat(merged(
                        list,
                        message("b", "2"),
                        RemoveMessage.all(),
                        message("c", "3"),
                        RemoveMessage.all(),
                        message("d", "4"),
                        message("d", "5"),
                        new RemoveMessage("z"),
                        message("e", "6"),
                        new RemoveMessage("e")))
                .containsExactly(message("d", "5"));
        assertThat(merged(list, RemoveMessage.all())).isEmpty();
    }

    /** G153 */
    @Test
    void laterOfTwoInAnUpdateReplacesTheEarlier() {
        assertThat(merged(List.of(), message("a", "1"), message("b", "2"), message("a", "3")))
                .containsExactly(message("a", "3"), message("b", "2"));
        List<Message> twice = List.of(message("a", "1"), message("a", "2"));
        assertThat(merged(twice, message("b", "3"))).hasSize(3);
        assertThat(merged(twice, message("a", "3"))).containsExactly(message("a", "1"), message("a", "3"));
        assertThat(merged(twice, new RemoveMessage("a"))).isEmpty();
    }

    /** G154: in the order of the fold. */
    @Test
    void removalOfAllClearsOnlyWhatWasFoldedBefore() {
        List<Message> first = merged(merged(List.of(), message("a", "1")), RemoveMessage.all());
        assertThat(merged(first, message("b", "2"))).containsExactly(message("b", "2"));
    }

    @Test
    void messagesWithoutIdsAreAppended() {
        assertThat(merged(List.of(Message.user("hi")), Message.user("hi"))).hasSize(2);
        assertThat(merged(List.of(Message.user("hi")), message("a", "1"), new RemoveMessage("a")))
                .containsExactly(Message.user("hi"));
    }

    @Test
    void listsThatGrewFromOneAnotherStayAsTheyWere() {
        List<Message> base = merged(List.of(), message("a", "1"));
        List<Message> left = merged(base, message("b", "left"));
        List<Message> right = merged(base, message("b", "right"), message("c", "right"));
        assertThat(base).containsExactly(message("a", "1"));
        assertThat(left).containsExactly(message("a", "1"), message("b", "left"));
        assertThat(right).containsExactly(message("a", "1"), message("b", "right"), message("c", "right"));
        assertThat(merged(left, message("b", "again"))).containsExactly(message("a", "1"), message("b", "again"));
    }

    /** A list of 200,000 that were added one by one; if each addition copied, this would take minutes. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void appendingDoesNotCopy() {
        List<Message> list = List.of();
        for (int i = 0; i < 200_000; i++) {
            list = merged(list, message("m" + i, "x"));
        }
        assertThat(list).hasSize(200_000);
    }

    /** Random updates of random ones of all lists so far, beside a plain model of the rules. */
    @Test
    void listsAreWhatThePlainRulesSay() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<List<Message>> actual = new ArrayList<>(List.of(List.of()));
            List<List<Message>> expected = new ArrayList<>(List.of(List.of()));
            for (int step = 0; step < 40; step++) {
                int from = random.nextInt(3) == 0 ? random.nextInt(actual.size()) : actual.size() - 1;
                List<MessageUpdate> update = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    update.add(change(random));
                }
                actual.add(MERGE.apply(actual.get(from), update));
                expected.add(plain(expected.get(from), update));
            }
            assertThat(actual).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private static MessageUpdate change(Random random) {
        String id = "m" + random.nextInt(20);
        return switch (random.nextInt(20)) {
            case 0 -> RemoveMessage.all();
            case 1, 2, 3, 4 -> new RemoveMessage(id);
            case 5, 6 -> Message.user("none");
            default -> message(id, "text " + random.nextInt(100));
        };
    }

    private static List<Message> plain(List<Message> current, List<MessageUpdate> update) {
        List<Message> list = new ArrayList<>(current);
        List<String> removed = new ArrayList<>();
        for (MessageUpdate each : update) {
            if (each instanceof RemoveMessage removal && removal.isAll()) {
                list.clear();
                removed.clear();
                continue;
            }
            int place = -1;
            for (int i = 0; i < list.size(); i++) {
                place = each.id() != null && each.id().equals(list.get(i).id()) ? i : place;
            }
            if (each instanceof RemoveMessage && place >= 0) {
                removed.add(each.id());
            } else if (each instanceof Message message && place >= 0) {
                list.set(place, message);
                removed.removeIf(id -> id.equals(message.id()));
            } else if (each instanceof Message message) {
                list.add(message);
            }
        }
        list.removeIf(message -> message.id() != null && removed.contains(message.id()));
        return list;
    }
}
