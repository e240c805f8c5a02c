package dev.clew.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.spring.shop.Bank;
import dev.clew.spring.shop.BillingFlowGraph;
import dev.clew.spring.shop.Order;
import dev.clew.spring.shop.Orders;
import dev.clew.spring.shop.ShopApplication;
import dev.clew.state.ThreadQuery;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A whole application: web server, security, transactions, actuator and a PostgreSQL of its own. */
@SpringBootTest(
        classes = ShopApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.sql.init.mode=always",
            "spring.sql.init.schema-locations=classpath:shop.sql",
            "clew.durability=sync",
            "clew.postgres.schema=shop_test",
            "management.endpoints.web.exposure.include=health,metrics,clew",
            "management.endpoint.health.show-details=always"
        })
@DirtiesContext // closed with this class, before the end of the process ends the database
class ShopApplicationTest {
    @Autowired
    private Orders orders;

    @Autowired
    private BillingFlowGraph billing;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Bank bank;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Environment environment;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> Database.URL);
    }

    @Test
    void anOrderAndItsRunAreStoredTogetherAndAWorkerExecutesTheRun() throws Exception {
        String receipt = orders.take(new Order("o-1", 3)).result().value();

        assertThat(receipt).isEqualTo("receipt-o-1");
        assertThat(bank.charged()).as("by the price of the bean").contains("o-1:21");
        assertThat(orders.count("o-1")).isOne();
    }

    @Test
    void nothingIsEnqueuedByATransactionThatRollsBack() {
        assertThatThrownBy(() -> orders.take(new Order("o-2", -1)))
                .as("a check of the table")
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(orders.count("o-2")).isZero();
        assertThat(billing.threads(ThreadQuery.all()))
                .noneMatch(thread -> thread.threadId().equals("bill-o-2"));
        assertThat(billing.queue("default").requests())
                .noneMatch(row -> row.request().threadId().equals("bill-o-2"));
    }

    @Test
    void theOutboxRefusesToEnqueueWithoutATransaction() {
        assertThatThrownBy(() -> outbox.enqueue(billing.bill(), new Order("o-3", 3), RunConfig.once("bill-o-3")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("BillingFlow.bill")
                .hasMessageContaining("@Transactional");
    }

    @Test
    void theServerIsBehindSpringSecurityAndKnowsWhomItLetThrough() throws Exception {
        String body = "{\"assistant_id\":\"BillingFlow.bill\",\"input\":{\"id\":\"o-4\",\"pieces\":1}}";

        assertThat(send("POST", "/agents/runs/wait", body, null).statusCode()).isEqualTo(401);
        HttpResponse<String> served = send("POST", "/agents/runs/wait", body, "ann:secret");

        assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        assertThat(served.body()).contains("receipt-o-4");
        assertThat(send("GET", "/agents/ok", null, "ann:secret").statusCode()).isEqualTo(200);
    }

    @Test
    void healthMetricsAndTheEndpointShowWhatThereIs() throws Exception {
        assertThat(billing.bill()
                        .invoke(new Order("o-5", 1), RunConfig.once("o-5"))
                        .value())
                .isEqualTo("receipt-o-5");

        assertThat(send("GET", "/actuator/health", null, "ann:secret").body())
                .contains("\"checkpointer\":\"PostgresCheckpointer\"", "\"graphs\":[\"BillingFlowGraph\"]");
        assertThat(meters.get("clew.runs")
                        .tags("workflow", "BillingFlow.bill", "status", "completed")
                        .counter()
                        .count())
                .isPositive();
        assertThat(meters.get("clew.step.duration")
                        .tags("step", "charge", "status", "succeeded")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("clew.queue.requests")
                        .tags("queue", "default", "state", "held")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("clew.queue.oldest")
                        .tags("queue", "default")
                        .gauge()
                        .value())
                .isNotNegative();
        assertThat(meters.get("clew.store.commits").functionCounter().count()).isPositive();
        assertThat(meters.get("clew.store.writes").functionCounter().count())
                .isGreaterThanOrEqualTo(
                        meters.get("clew.store.commits").functionCounter().count());
        assertThat(send("GET", "/actuator/clew", null, "ann:secret").body())
                .contains("\"workflows\":[\"BillingFlow.bill\"]", "\"name\":\"default\"");
        assertThat(send("GET", "/actuator/clew/BillingFlowGraph", null, "ann:secret")
                        .body())
                .contains("\"fits\":true");
        assertThat(send("GET", "/actuator/clew/NoGraph", null, "ann:secret").statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> send(String method, String path, String body, String user)
            throws IOException, InterruptedException {
        String address = "http://localhost:" + environment.getProperty("local.server.port") + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (user != null) {
            byte[] credentials = user.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
