import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Node;
import dev.clew.annotations.Task;
import java.util.function.Supplier;

class Flow {
    final Object field = new Object() {
        @Task // CLEW113 @Task
        String read(String path) {
            return path;
        }
    };

    @Entrypoint
    String go(String input) {
        class Local {
            @Task(name = "other") // CLEW113 @Task(name = "other")
            String read(String path) {
                return path;
            }

            @Entrypoint // CLEW113 @Entrypoint
            String go(String input) {
                return input;
            }
        }
        class Graph {
            @Node(after = Node.START) // CLEW113 @Node(after = Node.START)
            void one() {}
        }
        Supplier<Object> made = () -> {
            record InALambda(String name) {
                @dev.clew.annotations.Entrypoint // CLEW113 @dev.clew.annotations.Entrypoint
                String go() {
                    return name;
                }
            }
            return new InALambda(input);
        };
        return new Local() + " " + made.get();
    }
}

class Plain {
    Object method() {
        return new Flow() {
            @Override
            @Entrypoint // of use to readers only: the class above has the step
            String go(String input) {
                return input;
            }
        };
    }

    Runnable other() {
        return new Runnable() {
            @Entrypoint // CLEW113 @Entrypoint
            public void run() {}
        };
    }
}
