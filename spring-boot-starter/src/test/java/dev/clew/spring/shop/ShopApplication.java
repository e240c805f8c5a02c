package dev.clew.spring.shop;

import dev.clew.spring.ClewGraphs;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A shop that bills its orders by durable runs. */
@SpringBootApplication
public class ShopApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @Configuration(proxyBeanMethods = false)
    static class Workflows {
        @Bean
        BillingFlowGraph billing(ClewGraphs graphs, BillingFlow flow) {
            return graphs.build(BillingFlowGraph.builder(flow));
        }
    }
}
