package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.annotations.Append;
import dev.clew.annotations.Node;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test kit folds each superstep twice: it finds reducers and constructors that a run in another process would differ by. */
class ImpureStateTest {
    /** Numbers its elements by a counter of its own. */
    record Numbering(AtomicInteger next) implements Reducer<List<String>, String> {
        Numbering() {
            this(new AtomicInteger());
        }

        @Override
        public List<String> identity() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> current, String update) {
            List<String> all = new ArrayList<>(current);
            all.add(next.incrementAndGet() + ". " + update);
            return all;
        }

        @Override
        public String toString() {
            return "";
        }
    }

    /** Adds to the box that it is given. */
    enum Filling implements Reducer<Box, String> {
        INSTANCE;

        @Override
        public Box identity() {
            return new Box();
        }

        @Override
        public Box apply(Box current, String update) {
            current.texts.add(update); // changes what it is given
            return current;
        }
    }

    /** What can be changed. */
    static final class Box {
        public List<String> texts = new ArrayList<>();
    }

    @State
    record Numbered(@Reduce(Numbering.class) List<String> lines, String title) {}

    @StateGraph(Numbered.class)
    static class Numbers {
        @Node(after = START, writes = "lines")
        String first() {
            return "first";
        }

        @Node(after = "first", writes = "lines")
        String second() {
            return "second";
        }
    }

    @State
    record Filled(@Reduce(Filling.class) Box box) {}

    @StateGraph(Filled.class)
    static class Boxes {
        @Node(after = START, writes = "box")
        String first() {
            return "first";
        }

        @Node(after = "first", writes = "box")
        String second() {
            return "second";
        }
    }

    @State
    record Shouted(@Append List<String> lines, String title) {
        Shouted {
            title = title == null ? null : title.toUpperCase(Locale.ROOT);
        }
    }

    @StateGraph(Shouted.class)
    static class Shouts {
        @Node(after = START, writes = "title")
        String name() {
            return "rain";
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G032")
    void aReducerThatHasAMemoryIsFound(Storage storage) {
        Lab lab = Lab.open(storage).replayCheck(false);
        lab.graph(() -> ImpureStateTest_NumbersGraph.builder(new Numbers()))
                .workflow(ImpureStateTest_NumbersGraph::workflow)
                .invoke(NumberedUpdate.update());

        assertThat(catchThrowable(lab::close))
                .hasMessageContaining("Impure reducer: ")
                .hasMessageContaining("ImpureStateTest$Numbering of 'lines' made two different values of equal ones")
                .hasMessageContaining("In superstep 1 of 'ImpureStateTest.Numbers'");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G032")
    void aReducerThatChangesWhatItIsGivenIsFound(Storage storage) {
        Lab lab = Lab.open(storage).replayCheck(false);
        lab.graph(() -> ImpureStateTest_BoxesGraph.builder(new Boxes()))
                .workflow(ImpureStateTest_BoxesGraph::workflow)
                .invoke(FilledUpdate.update());

        assertThat(catchThrowable(lab::close))
                .hasMessageContaining("Impure reducer: ")
                .hasMessageContaining("Filling of 'box' changed what it was given; return a new value");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G032")
    void aConstructorThatChangesValuesIsFound(Storage storage) {
        Lab lab = Lab.open(storage);
        lab.graph(() -> ImpureStateTest_ShoutsGraph.builder(new Shouts()))
                .workflow(ImpureStateTest_ShoutsGraph::workflow)
                .invoke(ShoutedUpdate.update());

        assertThat(catchThrowable(lab::close))
                .hasMessageContaining("Changing constructor: ")
                .hasMessageContaining(
                        "Shouted has another 'title' than was folded. In superstep 1 of 'ImpureStateTest.Shouts'");
    }

    @ClewTest({MEMORY, SQLITE})
    void whatIsPureIsNoFinding(Lab lab) {
        var lengths = lab.graph(() -> Desks_OfficeGraph.builder(new Desks.Office()));

        assertThat(lengths.workflow(Desks_OfficeGraph::workflow).invoke("moles").value())
                .isEqualTo("about moles, about moles+");
    }
}
