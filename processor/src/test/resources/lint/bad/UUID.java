import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import java.util.UUID;
import java.util.stream.Stream;

record Flow(String name) {
    @Entrypoint
    String go(Run run) {
        Stream.generate(UUID::randomUUID).limit(1).toList(); // CLEW103 UUID::randomUUID
        return UUID.randomUUID().toString(); // CLEW103 UUID.randomUUID
    }
}
