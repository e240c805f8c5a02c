package dev.clew.agents;

import dev.clew.messages.ContentBlock;
import dev.clew.messages.MessageChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Streams what an answer says through filters. The last characters are held back as they are, because what is to be hidden may be
 * cut between two pieces; pieces of calls, which are not filtered, do not wait for them. Not thread-safe.
 */
@SuppressWarnings("NullAway") // compilers do not agree on the nullness of type arguments in class files
final class HeldText {
    /** As many as LangChain holds back; what is known by more than this is not found in a stream, but it is in the answer. */
    private static final int HELD = 128;

    private final Consumer<MessageChunk> out;
    private final TextFilters filters;
    private final Line reasoning = new Line(MessageChunk::reasoning);
    private final Line text = new Line(MessageChunk::text);

    HeldText(TextFilters filters, Consumer<MessageChunk> out) {
        this.filters = filters;
        this.out = out;
    }

    void emit(MessageChunk chunk) {
        List<ContentBlock> rest = new ArrayList<>();
        for (ContentBlock block : chunk.content()) {
            if (block instanceof ContentBlock.Text piece) {
                text.add(piece.text());
                addUnlessBare(rest, new ContentBlock.Text("", piece.extras(), piece.more()), new ContentBlock.Text(""));
            } else if (block instanceof ContentBlock.Reasoning piece) {
                reasoning.add(piece.reasoning());
                addUnlessBare(
                        rest,
                        new ContentBlock.Reasoning("", piece.extras(), piece.more()),
                        new ContentBlock.Reasoning(""));
            } else {
                rest.add(filters.block(block, TextFilter.Place.ANSWER));
            }
        }
        if (chunk.isLast()) {
            flush();
        }
        boolean isMore = !rest.isEmpty() || !chunk.toolCallChunks().isEmpty() || chunk.usage() != null;
        if (isMore || !chunk.metadata().isEmpty() || chunk.isLast()) {
            out.accept(new MessageChunk(
                    chunk.id(), rest, chunk.toolCallChunks(), chunk.usage(), chunk.metadata(), chunk.isLast()));
        }
    }

    /** What came with a text stays a block. */
    private void addUnlessBare(List<ContentBlock> rest, ContentBlock block, ContentBlock bare) {
        if (!block.equals(bare)) {
            rest.add(filters.block(block, TextFilter.Place.ANSWER));
        }
    }

    /** Nothing comes any more. */
    void flush() {
        reasoning.flush();
        text.flush();
    }

    /** One of the texts of an answer. */
    private final class Line {
        private final Function<String, MessageChunk> piece;
        private String held = "";

        Line(Function<String, MessageChunk> piece) {
            this.piece = piece;
        }

        void add(String more) {
            held += more;
            int cut = cut();
            if (cut > 0) {
                give(held.substring(0, cut));
                held = held.substring(cut);
            }
        }

        /**
         * Where the text may be cut: before the characters that are held back, and where the filters make the same of both parts as
         * of the whole, so that nothing they found is cut.
         */
        private int cut() {
            String whole = filtered(held);
            int back = 0;
            for (int cut = held.length() - HELD; cut > 0; cut -= back) {
                if (isUncut(cut, whole)) {
                    return cut;
                }
                back = back * 2 + 1;
            }
            return 0;
        }

        private boolean isUncut(int cut, String whole) {
            try {
                return whole.equals(filtered(held.substring(0, cut)) + filtered(held.substring(cut)));
            } catch (RuntimeException refused) { // a part, where the whole is not
                return false;
            }
        }

        void flush() {
            give(held);
            held = "";
        }

        private void give(String ready) {
            String shown = filtered(ready);
            if (!shown.isEmpty()) {
                out.accept(piece.apply(shown));
            }
        }

        private String filtered(String raw) {
            return filters.text(raw, TextFilter.Place.ANSWER);
        }
    }
}
