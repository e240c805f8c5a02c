import dev.clew.annotations.Entrypoint;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

class Flow {
    @Entrypoint
    String go(String input) throws InterruptedException {
        Thread.sleep(10); // CLEW105 Thread.sleep
        TimeUnit.SECONDS.sleep(1); // CLEW105 TimeUnit.SECONDS.sleep
        LockSupport.parkNanos(1); // CLEW105 LockSupport.parkNanos
        synchronized (this) {
            wait(1); // CLEW105 wait
        }
        return input;
    }
}
