// -Aclew.lint=strict
import dev.clew.annotations.Entrypoint;

class Flow {
    @Entrypoint
    String go(String input) {
        return input;
    }
}
