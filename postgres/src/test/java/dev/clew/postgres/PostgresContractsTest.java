package dev.clew.postgres;

import dev.clew.contracts.ContractList;
import dev.clew.contracts.cache.TaskCacheContract;
import dev.clew.contracts.checkpoint.CheckpointerContract;
import dev.clew.contracts.engine.AnswerRaceSuite;
import dev.clew.contracts.engine.AnswersSuite;
import dev.clew.contracts.engine.AttributesSuite;
import dev.clew.contracts.engine.ClientSuite;
import dev.clew.contracts.engine.DeleteWhenDoneSuite;
import dev.clew.contracts.engine.DeploymentSuite;
import dev.clew.contracts.engine.DurabilitySuite;
import dev.clew.contracts.engine.EnqueueSuite;
import dev.clew.contracts.engine.HeldRunsSuite;
import dev.clew.contracts.engine.InterruptingSuite;
import dev.clew.contracts.engine.OperatorQueueSuite;
import dev.clew.contracts.engine.OwnershipSuite;
import dev.clew.contracts.engine.QueueCrossingSuite;
import dev.clew.contracts.engine.QueueSuite;
import dev.clew.contracts.engine.QueuedChildrenSuite;
import dev.clew.contracts.engine.RecoverySuite;
import dev.clew.contracts.engine.RejectingSuite;
import dev.clew.contracts.engine.ReplaySuite;
import dev.clew.contracts.engine.RequestSuite;
import dev.clew.contracts.engine.RetentionSuite;
import dev.clew.contracts.engine.RunIdSuite;
import dev.clew.contracts.engine.RunNumbersSuite;
import dev.clew.contracts.engine.ScheduleDefinitionSuite;
import dev.clew.contracts.engine.ScheduleSuite;
import dev.clew.contracts.engine.StoppedWorkersSuite;
import dev.clew.contracts.engine.StoreCopySuite;
import dev.clew.contracts.engine.StreamSoakSuite;
import dev.clew.contracts.engine.UnattendedRunsSuite;
import dev.clew.contracts.engine.WatchedHandlesSuite;
import dev.clew.contracts.engine.WorkerDeathsSuite;
import dev.clew.contracts.graph.BreakpointSuite;
import dev.clew.contracts.graph.EditCrossingSuite;
import dev.clew.contracts.graph.EditOrderSuite;
import dev.clew.contracts.graph.EditedThreadSuite;
import dev.clew.contracts.graph.GraphCallSuite;
import dev.clew.contracts.graph.GraphFailureSuite;
import dev.clew.contracts.graph.GraphForkSuite;
import dev.clew.contracts.graph.GraphShapeSuite;
import dev.clew.contracts.graph.GraphStreamSuite;
import dev.clew.contracts.graph.QueuedGraphSuite;
import dev.clew.contracts.graph.SnapshotSuite;
import dev.clew.contracts.graph.StateEditSuite;
import dev.clew.contracts.store.DocumentsContract;
import dev.clew.contracts.store.ExpiryContract;
import dev.clew.contracts.store.FilterContract;
import dev.clew.contracts.store.NamespacesContract;
import dev.clew.contracts.store.SearchContract;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** A schema of PostgreSQL passes the suites that ask most of a store; {@link PostgresNightlyContractsTest} has the others. */
final class PostgresContractsTest extends ContractList {
    /** A suite that runs alone, and what is run at night. */
    @Override
    protected Set<Class<?>> elsewhere() {
        Set<Class<?>> elsewhere = new HashSet<>(Set.of(StreamSoakSuite.class, TaskCacheContract.class));
        Stream.of(PostgresNightlyContractsTest.class.getDeclaredClasses())
                .map(Class::getSuperclass)
                .forEach(elsewhere::add);
        return elsewhere;
    }

    @Nested
    final class Documents extends DocumentsContract implements OnPostgres {}

    @Nested
    final class Expiry extends ExpiryContract implements OnPostgres {}

    @Nested
    final class Filter extends FilterContract implements OnPostgres {}

    @Nested
    final class Namespaces extends NamespacesContract implements OnPostgres {}

    @Nested
    final class Search extends SearchContract implements OnPostgres {}

    @Nested
    final class GraphCall extends GraphCallSuite implements OnPostgres {}

    @Nested
    final class GraphShape extends GraphShapeSuite implements OnPostgres {}

    @Nested
    final class GraphFailure extends GraphFailureSuite implements OnPostgres {}

    @Nested
    final class GraphStream extends GraphStreamSuite implements OnPostgres {}

    @Nested
    final class Breakpoint extends BreakpointSuite implements OnPostgres {}

    @Nested
    final class EditCrossing extends EditCrossingSuite implements OnPostgres {}

    @Nested
    final class EditOrder extends EditOrderSuite implements OnPostgres {}

    @Nested
    final class EditedThread extends EditedThreadSuite implements OnPostgres {}

    @Nested
    final class GraphFork extends GraphForkSuite implements OnPostgres {}

    @Nested
    final class Snapshot extends SnapshotSuite implements OnPostgres {}

    @Nested
    final class StateEdit extends StateEditSuite implements OnPostgres {}

    @Nested
    final class AnswerRace extends AnswerRaceSuite implements OnPostgres {}

    @Nested
    final class Enqueue extends EnqueueSuite implements OnPostgres {}

    @Nested
    final class RequestsOfServers extends RequestSuite implements OnPostgres {}

    @Nested
    final class AttributesOfRuns extends AttributesSuite implements OnPostgres {}

    @Nested
    final class OperatorQueue extends OperatorQueueSuite implements OnPostgres {}

    @Nested
    final class WatchedHandles extends WatchedHandlesSuite implements OnPostgres {}

    @Nested
    final class StoppedWorkers extends StoppedWorkersSuite implements OnPostgres {}

    @Nested
    final class Rejecting extends RejectingSuite implements OnPostgres {}

    @Nested
    final class HeldRuns extends HeldRunsSuite implements OnPostgres {}

    @Nested
    final class Interrupting extends InterruptingSuite implements OnPostgres {}

    @Nested
    final class DeleteWhenDone extends DeleteWhenDoneSuite implements OnPostgres {}

    @Nested
    final class Deployments extends DeploymentSuite implements OnPostgres {}

    @Nested
    final class Queue extends QueueSuite implements OnPostgres {}

    @Nested
    final class QueueCrossing extends QueueCrossingSuite implements OnPostgres {}

    @Nested
    final class QueuedGraph extends QueuedGraphSuite implements OnPostgres {}

    @Nested
    final class Schedule extends ScheduleSuite implements OnPostgres {}

    @Nested
    final class ScheduleDefinition extends ScheduleDefinitionSuite implements OnPostgres {}

    @Nested
    final class Client extends ClientSuite implements OnPostgres {}

    @Nested
    final class QueuedChildren extends QueuedChildrenSuite implements OnPostgres {}

    @Nested
    final class WorkerDeaths extends WorkerDeathsSuite implements OnPostgres {}

    @Nested
    final class UnattendedRuns extends UnattendedRunsSuite implements OnPostgres {}

    @Nested
    final class Answers extends AnswersSuite implements OnPostgres {}

    @Nested
    final class Checkpointer extends CheckpointerContract implements OnPostgres {}

    @Nested
    final class Durability extends DurabilitySuite implements OnPostgres {}

    @Nested
    final class Ownership extends OwnershipSuite implements OnPostgres {}

    @Nested
    final class Recovery extends RecoverySuite implements OnPostgres {}

    @Nested
    final class Replay extends ReplaySuite implements OnPostgres {}

    @Nested
    final class StoreCopy extends StoreCopySuite implements OnPostgres {}

    @Nested
    final class Retention extends RetentionSuite implements OnPostgres {}

    @Nested
    final class RunNumbers extends RunNumbersSuite implements OnPostgres {}

    @Nested
    final class RunId extends RunIdSuite implements OnPostgres {}
}
