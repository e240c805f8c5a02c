package dev.clew.inspector;

import static org.awaitility.Awaitility.await;

import dev.clew.inspector.fixture.ShopServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Makes the pictures of the guide: {@code Screenshots FOLDER}. */
final class Screenshots {
    private Screenshots() {}

    /** Sends a request of the protocol. */
    static String post(String address, String body) {
        return send(
                address,
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What is at an address. */
    static String get(String address) {
        return send(address, HttpRequest.newBuilder(URI.create(address)));
    }

    private static String send(String address, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(address + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new AssertionError(address, failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(address, stop);
        }
    }

    /** Runs a workflow on a thread until it rests. */
    static void ran(String uri, String thread, String assistant, String input) {
        String unused = post(
                uri + "/threads/" + thread + "/runs/wait",
                "{\"assistant_id\":\"" + assistant
                        + "\",\"if_not_exists\":\"create\",\"metadata\":{\"team\":\"shop\"},\"input\":" + input + "}");
    }

    /** Lets a fork run until it asks; the server may recover it first. */
    private static void proceeded(String uri, String thread, String assistant) {
        try {
            String unused = post(uri + "/threads/" + thread + "/runs/wait", "{\"assistant_id\":\"" + assistant + "\"}");
        } catch (AssertionError busy) {
            if (!String.valueOf(busy.getMessage()).contains(" answers 409")) {
                throw busy;
            }
        }
        await().until(() -> get(uri + "/clew/threads/" + thread).contains("\"state\":\"interrupted\""));
    }

    /** Threads of every kind. */
    static void fill(String uri) {
        ran(uri, "order-1004", "order", "{\"item\":\"kettle\",\"count\":1,\"gift\":false}");
        ran(uri, "batch-7", "many", "400");
        ran(uri, "printing-3", "printing", "\"the annual report\"");
        ran(uri, "sure-1", "sure", "\"Publish the page?\"");
        ran(uri, "poem-rain", "poem", "\"rain\"");
        ran(uri, "order-1005", "order", "{\"item\":\"teapot\",\"count\":3,\"gift\":true}");
        String decision =
                "{\"verdict\":\"APPROVE\",\"note\":null,\"delivery\":{\"@type\":\"Pickup\",\"shop\":\"main street\"},"
                        + "\"labels\":[\"fragile\"],\"discount\":null}";
        String unused = post(
                uri + "/threads/order-1004/runs/wait",
                "{\"assistant_id\":\"order\",\"command\":{\"resume\":" + decision + "}}");
        unused = post(uri + "/runs/crons", "{\"assistant_id\":\"many\",\"schedule\":\"0 7 * * MON-FRI\",\"input\":3}");
        unused = post(uri + "/clew/threads/order-1004/fork", "{\"step\":\"task:pay#1\"}");
        proceeded(uri, "order-1004", "order");
        unused = post(
                uri + "/threads/order-1004/runs/wait",
                "{\"assistant_id\":\"order\",\"command\":{\"resume\":"
                        + decision.replace("main street", "station").replace("\"fragile\"", "") + "}}");
    }

    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/pictures");
        try (ShopServer shop = ShopServer.start();
                Browser browser = Browser.open(1280, 860, false)) {
            fill(shop.uri());
            String page = shop.uri() + "/clew/#/";
            Shooter shooter = new Shooter(browser, page, folder);
            shooter.shoot("threads", "threads", "a.thread", "order-1005");
            shooter.shoot("thread", "threads/order-1005", ".row", "pay");
            shooter.shoot("again", "threads/order-1004/steps?step=task%3Apay%231", ".why", "forked");
            shooter.shoot("full", "threads/order-1004/steps?view=full", ".told", "attempt");
            shooter.shoot("log", "threads/order-1004/log", ".log", "task:pay#1");
            shooter.shoot("compare", "threads/order-1004/compare", ".diff.steps", "pay");
            shooter.shoot("graph", "threads/poem-rain/graph", ".node", "judge");
            shooter.shoot("queues", "queues", ".queue", "ready");
            shooter.shoot("schedules", "schedules", "table", "many");
            browser.scheme(true);
            shooter.shoot("dark", "threads/order-1004/steps?step=task%3Apay%231", ".why", "forked");
            browser.size(390, 844);
            shooter.shoot("phone", "threads/order-1005", "form.value", "verdict");
            browser.scheme(false);
            browser.size(390, 844);
            shooter.shoot("phone-steps", "threads/batch-7", ".row", "step");
        }
    }

    /** Takes pictures of the page's places once they show something. */
    private record Shooter(Browser browser, String page, Path folder) {
        void shoot(String name, String place, String css, String text) {
            browser.visit(page + place);
            browser.sees(css, text);
            browser.seesNot("main", "Loading …");
            browser.shoot(folder.resolve("inspector-" + name + ".png"));
        }
    }
}
