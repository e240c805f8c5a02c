package dev.clew.samples.threads;

import dev.clew.client.RemoteWorkflow;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.json.JsonCodec;
import dev.clew.samples.shared.Terminal;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.value.IllegalRequestException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The threads of an agent server, Clew's or LangGraph's, through the client that calls its workflows. */
record ServedThreads(String url) {
    private static final String MOST = "{\"limit\":1000}";

    /** A thread as the server lists it. */
    private record Row(String id, String workflow, String status, String changed) {
        static Row of(Map<?, ?> listed) {
            Object graph = listed.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("graph_id") : null;
            return new Row(
                    String.valueOf(listed.get("thread_id")),
                    graph == null ? "" : String.valueOf(graph),
                    String.valueOf(listed.get("status")),
                    String.valueOf(listed.get("updated_at")));
        }

        /** Its workflow, called without its types. */
        RemoteWorkflow<Object, Object> remote(String url) {
            if (workflow.isEmpty()) {
                throw new IllegalRequestException("thread '" + id + "' never ran");
            }
            return RemoteWorkflow.builder(url, workflow, Object.class, Object.class)
                    .build();
        }

        RunConfig config() {
            return RunConfig.thread(id);
        }
    }

    /** Does what these words say; false if it does not know them. */
    boolean obey(List<String> words) throws IOException {
        String rest = words.size() > 2 ? String.join(" ", words.subList(2, words.size())) : "";
        switch (words.get(0)) {
            case "list" -> list();
            case "show" -> show(row(words));
            case "answer" -> answer(row(words), rest);
            case "follow" -> follow(row(words));
            case "cancel" -> cancel(row(words));
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Row> rows() throws IOException {
        HttpRequest search = HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + "/threads/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(MOST))
                .build();
        try {
            HttpResponse<byte[]> found =
                    HttpClient.newHttpClient().send(search, HttpResponse.BodyHandlers.ofByteArray());
            if (found.statusCode() != 200) {
                throw new IOException("the server answers " + found.statusCode() + " to " + search.uri());
            }
            return JsonCodec.standard().decodePlain(found.body()) instanceof List<?> list
                    ? list.stream().map(each -> Row.of((Map<?, ?>) each)).toList()
                    : List.of();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stop);
        }
    }

    private void list() throws IOException {
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            System.out.println("no threads");
            return;
        }
        System.out.printf(Locale.ROOT, "%3s  %-36s %-12s %-24s %s%n", "#", "thread", "status", "workflow", "changed");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%3d  %-36s %-12s %-24s %s%n",
                    i + 1,
                    row.id(),
                    row.status(),
                    row.workflow(),
                    row.changed());
        }
    }

    /** The thread that the second word names: by its id, else by its number. */
    private Row row(List<String> words) throws IOException {
        if (words.size() < 2) {
            throw new IllegalRequestException("which thread? say: " + words.get(0) + " THREAD");
        }
        String named = words.get(1);
        List<Row> rows = rows();
        Optional<Row> byId = rows.stream().filter(row -> row.id().equals(named)).findFirst();
        boolean isNumber =
                named.matches("\\d{1,6}") && Integer.parseInt(named) >= 1 && Integer.parseInt(named) <= rows.size();
        if (byId.isEmpty() && !isNumber) {
            throw new IllegalRequestException("the server has no thread '" + named + "'");
        }
        return byId.orElseGet(() -> rows.get(Integer.parseInt(named) - 1));
    }

    private void show(Row row) {
        ThreadState<Object> state = row.remote(url).state(row.config());
        System.out.println(row.workflow() + " " + row.id() + ": " + Plain.word(state.status()));
        System.out.println(Plain.pretty(state.value()));
        for (PendingInterrupt<?, ?> question : state.pending()) {
            System.out.println("asks " + question.name() + ": " + Plain.json(question.value()));
        }
    }

    private void answer(Row row, String given) {
        RemoteWorkflow<Object, Object> remote = row.remote(url);
        List<PendingInterrupt<?, ?>> pending = remote.state(row.config()).pending();
        if (pending.isEmpty()) {
            throw new IllegalRequestException("thread '" + row.id() + "' asks nothing");
        }
        if (!given.isEmpty() && pending.size() > 1) {
            throw new IllegalRequestException(
                    pending.size() + " questions are pending; leave the answer out to be asked each");
        }
        Map<String, Object> answers = new LinkedHashMap<>();
        for (PendingInterrupt<?, ?> question : pending) {
            typed(question, given)
                    .flatMap(text -> Plain.parse(text, Object.class.getName()))
                    .ifPresent(answer -> answers.put(question.id(), answer));
        }
        if (!answers.isEmpty()) {
            say(remote.invoke(Command.resumeAll(answers), row.config()));
        }
    }

    private static Optional<String> typed(PendingInterrupt<?, ?> question, String given) {
        if (!given.isEmpty()) {
            return Optional.of(given);
        }
        System.out.println(question.name() + "\n" + Plain.pretty(question.value()));
        return Terminal.ask("your answer, as JSON; nothing to leave it open:").filter(text -> !text.isEmpty());
    }

    private static void say(RunResult<?> result) {
        if (result instanceof RunResult.Interrupted<?> pause) {
            System.out.println("asks " + pause.pending().size() + " more");
        } else {
            System.out.println("finished: " + Plain.brief(result.value(), 200));
        }
    }

    private void follow(Row row) {
        try (RunStream<Object> stream =
                row.remote(url).watch(row.config(), StreamMode.UPDATES, StreamMode.CUSTOM, StreamMode.MESSAGES)) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.Update update) {
                    System.out.println(update.name() + " gave " + Plain.brief(update.value(), 200));
                } else if (event instanceof StreamEvent.Custom custom) {
                    System.out.println(custom.name() + " tells " + Plain.brief(custom.value(), 200));
                }
            }
            say(stream.result());
        }
    }

    private void cancel(Row row) {
        boolean isCancelled = row.remote(url).cancel(row.config());
        System.out.println(isCancelled ? "cancelled" : "there is nothing to cancel");
    }
}
