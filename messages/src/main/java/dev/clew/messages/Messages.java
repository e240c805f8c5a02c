package dev.clew.messages;

import dev.clew.annotations.IdSource;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.State;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a component {@code List<Message>} of a {@link State @State} the conversation of a graph: new messages get to its end, a
 * message whose id is in the list takes the place of the one that has it, and a {@link RemoveMessage} removes one, or all.
 *
 * <pre>{@code
 * @State
 * public record ChatState(@Messages List<Message> messages) {}
 *
 * update().messages(Message.user("hi"))
 * update().messages(RemoveMessage.all(), summary)
 * }</pre>
 *
 * <p>It starts empty. A message without an id gets one when the update is recorded. An id to remove that the list does not have
 * is ignored, since parallel nodes may both remove a message. {@code replaceMessages(List)} replaces all of it, as it is.
 */
@Documented
@Reduce(Messages.Merge.class)
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface Messages {
    /**
     * Merges messages into a list by their ids. Appending takes time for the new messages only; replacing and removing copy the
     * list.
     *
     * <pre>{@code
     * new Messages.Merge().apply(List.of(), List.of(Message.user("hi").withId("h1"))); // [hi]
     * }</pre>
     */
    final class Merge implements Reducer<List<Message>, List<MessageUpdate>> {
        /** The reducer. */
        public Merge() {}

        @Override
        public List<Message> identity() {
            return List.of();
        }

        @Override
        public List<Message> apply(List<Message> current, List<MessageUpdate> update) {
            int all = update.size() - 1;
            while (all >= 0 && !(update.get(all) instanceof RemoveMessage removal && removal.isAll())) {
                all--;
            }
            MessageList base = MessageList.of(all < 0 ? current : List.of());
            return base.merged(update.subList(all + 1, update.size()));
        }

        @Override
        public List<MessageUpdate> prepare(List<MessageUpdate> update, IdSource ids) {
            List<MessageUpdate> prepared = new ArrayList<>(update.size());
            boolean isChanged = false;
            int answers = 0;
            for (int i = 0; i < update.size(); i++) {
                MessageUpdate each = update.get(i);
                if (each instanceof Message message && message.id() == null) {
                    isChanged = true;
                    prepared.add(message.withId(message instanceof AiMessage ? ids.idOfAttempt(answers++) : ids.id(i)));
                } else {
                    prepared.add(each);
                }
            }
            return isChanged ? prepared : update;
        }
    }
}
