package trips;

import dev.clew.spring.ClewGraphs;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class TripsApplication {
    @Bean
    TripFlowGraph trips(ClewGraphs graphs, TripFlow flow) {
        return graphs.build(TripFlowGraph.builder(flow));
    }

    public static void main(String... args) {
        SpringApplication.run(TripsApplication.class, args);
    }
}
