// file: com.acme.GraphRoles
package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.graph.Superstep;
import dev.clew.task.Failure;
import java.math.BigDecimal;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everything that nodes may take, return and say. */
class GraphRoles {
    @State
    record Claim(
            @Formerly("name") String customer,
            @Append List<Map<String, Integer>> checks,
            @Append Set<String> tags,
            @Merge Map<String, List<String>> answers,
            @KeepLast(3) List<byte[]> pictures,
            @Sum BigDecimal cost,
            @Sum long tokens,
            Optional<String> note,
            boolean urgent,
            char grade,
            @Nullable Integer score) {}

    @State
    record Letter(String customer, @Append Set<String> tags, @Nullable String text) {}

    record Clock(String zone) {}

    record Check(String name) {}

    enum Rest {
        @To("audit")
        AUDIT,
        @To({"audit", "letter"})
        BOTH,
        @End
        NONE
    }

    @StateGraph(Letter.class)
    static class Letters {
        @Node(after = START, writes = "text")
        String compose(@Nullable String customer) {
            return "Dear " + customer;
        }
    }

    @StateGraph(
            value = Claim.class,
            name = "claims",
            formerly = "claim",
            retry = @Retry(maxAttempts = 2),
            timeout = "PT1M",
            idleTimeout = "PT10S")
    static class Claims {
        @Subgraph
        final Letters letter = new Letters();

        @Subgraph(afterAny = {"audit", "letter"}, defer = true, formerly = "mail")
        Letters reminder() {
            return letter;
        }

        @Node(after = START)
        CompletionStage<List<Check>> checks(Claim claim, Superstep superstep, @Context Clock clock) {
            return CompletableFuture.completedStage(
                    List.of(new Check(claim.customer() + superstep.number() + clock.zone())));
        }

        @Node(name = "run-check", cache = @Cached(ttl = "PT1H"), writes = "checks", formerly = "check")
        Map<String, Integer> runCheck(Check check, TaskContext task) {
            return Map.of(check.name(), task.attempt());
        }

        @OnError("run-check")
        Rest failed(@Nullable Check check, Failure failure) {
            return Rest.AUDIT;
        }

        @Node(after = "run-check")
        CompletionStage<ClaimUpdate> again(Map<String, List<String>> answers) {
            return CompletableFuture.completedStage(ClaimUpdate.update().tokens(1).tags("a"));
        }

        @Node(afterAll = {"checks2", "run-check"})
        void audit(
                List<Map<String, Integer>> checks,
                boolean urgent,
                char grade,
                @Nullable Integer score,
                Optional<String> note,
                GraphRoles_ClaimsTasks tasks,
                Run run) {
            tasks.log(checks.size()).join();
        }

        @Node(after = START)
        void checks2() {}

        @Node(after = "again", defer = true)
        ClaimUpdate.Goto<Rest> rest(String customer) {
            return ClaimUpdate.update().cost(BigDecimal.ONE).goTo(Rest.BOTH);
        }

        @Task
        void log(int checks) {}
    }
}
