package dev.clew.samples.expenses;

import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.util.Locale;

/** Reads receipts with a model: a real one where the environment names one, else a script. */
final class Receipts {
    private static final String ONLY_JSON = "Answer with the JSON object alone.";

    private final ChatModel model;
    private final Pace pace;

    Receipts(ChatModel model, Pace pace) {
        this.model = model;
        this.pace = pace;
    }

    static Receipts ofSample(Pace pace) {
        return new Receipts(ModelChoice.or(script()), pace);
    }

    /**
     * What the receipt says.
     *
     * @throws IOException if the model wrote something else; the next attempt asks in other words
     */
    Item read(String receipt, int attempt) throws IOException, InterruptedException {
        pace.take();
        String prompt =
                "Extract number, what, category, cents and currency (ISO code) from this receipt; the number is empty"
                        + " if none is printed.\n" + receipt;
        return Structured.ask(model, Item.class, attempt == 1 ? prompt : prompt + "\n" + ONLY_JSON);
    }

    private static ScriptedModel script() {
        return new ScriptedModel()
                .when("TAXI HERAKLION", item("7731", "taxi", Category.TRAVEL, 28_00, "EUR"))
                .when("HOTEL MINOS", item("2026-118", "hotel, 3 nights", Category.LODGING, 396_00, "EUR"))
                .when("LABYRINTH AIR", item("390-2214", "flight", Category.TRAVEL, 412_50, "USD"))
                .when("Taverna", Receipts::dinner);
    }

    /** Talks at first, as models do; the second attempt gets what it asked for. */
    private static AiMessage dinner(ChatRequest request) {
        UserMessage asked = (UserMessage) request.messages().get(0);
        return AiMessage.from(
                asked.singleText().contains(ONLY_JSON)
                        ? item("", "dinner for four", Category.MEAL, 186_00, "CHF")
                        : "Sure! That was a dinner for four persons, at 186 francs.");
    }

    private static String item(String number, String what, Category category, int cents, String currency) {
        return String.format(Locale.ROOT, """
                {"number": "%s", "what": "%s", "category": "%s", "cents": %d, "currency": "%s"}
                """, number, what, category, cents, currency);
    }
}
