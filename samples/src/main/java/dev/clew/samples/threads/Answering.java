package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.samples.shared.Terminal;
import dev.clew.state.ThreadSummary;
import dev.clew.value.IllegalRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a thread's questions to the person, and leaves the answers in the database. */
record Answering(Operator operator) {
    /** Answers with this text, or asks where it is empty. */
    void answer(ThreadSummary thread, String given) {
        List<PendingInterrupt<?, ?>> pending = operator.state(thread.threadId()).pending();
        if (pending.isEmpty()) {
            throw new IllegalRequestException("thread '" + thread.threadId() + "' asks nothing");
        }
        Map<String, Object> answers = new LinkedHashMap<>();
        if (given.isEmpty()) {
            for (PendingInterrupt<?, ?> question : pending) {
                ask(question).ifPresent(answer -> answers.put(question.id(), answer));
            }
        } else if (pending.size() == 1) {
            answers.put(pending.get(0).id(), parsed(given, pending.get(0)));
        } else {
            throw new IllegalRequestException(
                    pending.size() + " questions are pending; leave the answer out to be asked each");
        }
        if (!answers.isEmpty()) {
            operator.answer(thread.threadId(), Command.resumeAll(answers));
            System.out.println("answered; the run continues when the program of '" + thread.workflow()
                    + "' recovers it, or is run again");
        }
    }

    /** The person's answer; empty to leave the question open. */
    private static Optional<Object> ask(PendingInterrupt<?, ?> question) {
        System.out.println(question.name() + " (" + question.path() + ")");
        System.out.println(Plain.pretty(question.value()));
        wanted(question).forEach(System.out::println);
        while (true) {
            Optional<String> typed = Terminal.ask("your answer, " + kind(question) + "; nothing to leave it open:");
            if (typed.isEmpty() || typed.get().isEmpty()) {
                return Optional.empty();
            }
            Optional<Object> answer = Plain.parse(typed.get(), question.answerType());
            if (answer.isPresent()) {
                return answer;
            }
            System.out.println("that is not " + kind(question));
        }
    }

    private static Object parsed(String given, PendingInterrupt<?, ?> question) {
        return Plain.parse(given, question.answerType())
                .orElseThrow(() -> new IllegalRequestException(
                        "the question wants " + kind(question) + String.join("", wanted(question))));
    }

    /** The forms that an answer may have, a line each; none for a text, a number, yes or no. */
    private static List<String> wanted(PendingInterrupt<?, ?> question) {
        List<String> cases = Wanted.by(question);
        boolean isSimple = cases.size() == 1 && !cases.get(0).startsWith("{");
        return isSimple ? List.of() : cases.stream().map(one -> "\n  " + one).toList();
    }

    private static String kind(PendingInterrupt<?, ?> question) {
        String type = question.answerType();
        String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
        return switch (simple) {
            case "String" -> "text";
            case "Boolean" -> "yes or no";
            case "Integer", "Long", "Double", "BigDecimal" -> "a number";
            default -> "a " + simple + " as JSON";
        };
    }
}
