import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

class Flow {
    private final Random random = new Random(1);

    @Entrypoint
    double go(List<String> input, FlowTasks tasks) {
        double number = Math.random(); // CLEW102 Math.random
        int drawn = new Random().nextInt(); // CLEW102 new Random()
        int local = ThreadLocalRandom.current().nextInt(); // CLEW102 ThreadLocalRandom.current
        int shared = random.nextInt(); // CLEW102 random.nextInt
        int sure = new SecureRandom().nextInt(); // CLEW102 new SecureRandom()
        long any = RandomGenerator.getDefault().nextLong(); // CLEW102 RandomGenerator.getDefault
        Collections.shuffle(input); // CLEW102 Collections.shuffle
        return number;
    }

    @Task
    String leaf(String text) {
        return text;
    }
}
