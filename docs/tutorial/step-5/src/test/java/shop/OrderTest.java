package shop;

import static dev.clew.testing.ClewAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static shop.Order.APPROVE;

import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class OrderTest {
    @TempDir
    Path dir;

    @ClewTest
    void chargesOnceThoughItsProcessCrashes(Lab lab) throws IOException {
        Bank bank = new Bank(dir.resolve("bank.txt"), Duration.ZERO);
        var place = lab.graph(() -> OrderGraph.builder(new Order(bank))).workflow(OrderGraph::place);

        assertThat(place.invoke("lamp")).isInterruptedBy(APPROVE, "a lamp in paper");
        lab.crash(); // the next call goes on in a new process
        lab.crashWithin("charge"); // the bank has booked, and nothing is recorded
        assertThat(place.answer(APPROVE, true))
                .isCompletedWith("paid: a lamp in paper")
                .executed("reserve", 1);
        assertEquals(1, bank.bookings().size());
    }

    @ClewTest
    void chargesNothingThatIsRejected(Lab lab) throws IOException {
        Bank bank = new Bank(dir.resolve("bank.txt"), Duration.ZERO);
        var place = lab.graph(() -> OrderGraph.builder(new Order(bank))).workflow(OrderGraph::place);
        place.invoke("lamp");

        assertThat(place.answer(APPROVE, false)).isCompletedWith("rejected");
        assertEquals(0, bank.bookings().size());
    }
}
