package dev.clew.sqlite;

import dev.clew.contracts.ContractList;
import dev.clew.contracts.cache.TaskCacheContract;
import dev.clew.contracts.checkpoint.CheckpointerContract;
import dev.clew.contracts.engine.AnswerCheckSuite;
import dev.clew.contracts.engine.AnswerRaceSuite;
import dev.clew.contracts.engine.AnswerSchemaSuite;
import dev.clew.contracts.engine.AnswerTypesSuite;
import dev.clew.contracts.engine.AnswersSuite;
import dev.clew.contracts.engine.AttributesSuite;
import dev.clew.contracts.engine.BrokenThreadSuite;
import dev.clew.contracts.engine.CacheDamageSuite;
import dev.clew.contracts.engine.CacheSuite;
import dev.clew.contracts.engine.CancellationSuite;
import dev.clew.contracts.engine.ChangedQuestionSuite;
import dev.clew.contracts.engine.ChildMemorySuite;
import dev.clew.contracts.engine.ChildrenSuite;
import dev.clew.contracts.engine.ClassLoaderSuite;
import dev.clew.contracts.engine.ClientSuite;
import dev.clew.contracts.engine.ClosingSuite;
import dev.clew.contracts.engine.CommandTableSuite;
import dev.clew.contracts.engine.ConcurrencySuite;
import dev.clew.contracts.engine.ContextSuite;
import dev.clew.contracts.engine.CrossingSuite;
import dev.clew.contracts.engine.DeleteWhenDoneSuite;
import dev.clew.contracts.engine.DeploymentSuite;
import dev.clew.contracts.engine.DetachedSuite;
import dev.clew.contracts.engine.DeterministicSourcesSuite;
import dev.clew.contracts.engine.DurabilitySuite;
import dev.clew.contracts.engine.EffectCrossingSuite;
import dev.clew.contracts.engine.EffectSettlingSuite;
import dev.clew.contracts.engine.EffectSuite;
import dev.clew.contracts.engine.EffectZombieSuite;
import dev.clew.contracts.engine.EncryptedMetadataSuite;
import dev.clew.contracts.engine.EngineErrorSuite;
import dev.clew.contracts.engine.EnqueueSuite;
import dev.clew.contracts.engine.ErasureSuite;
import dev.clew.contracts.engine.FailuresSuite;
import dev.clew.contracts.engine.FlightSuite;
import dev.clew.contracts.engine.ForeverSuite;
import dev.clew.contracts.engine.FormerNamesSuite;
import dev.clew.contracts.engine.FuturesSuite;
import dev.clew.contracts.engine.HeldRunsSuite;
import dev.clew.contracts.engine.HistorySuite;
import dev.clew.contracts.engine.IdentitySuite;
import dev.clew.contracts.engine.InterruptSuite;
import dev.clew.contracts.engine.InterruptingSuite;
import dev.clew.contracts.engine.KeptArgumentsSuite;
import dev.clew.contracts.engine.ListenerSuite;
import dev.clew.contracts.engine.ListingSuite;
import dev.clew.contracts.engine.NestedInvokeSuite;
import dev.clew.contracts.engine.NewAttemptSuite;
import dev.clew.contracts.engine.NonDeterminismSuite;
import dev.clew.contracts.engine.NotesSuite;
import dev.clew.contracts.engine.OnceSuite;
import dev.clew.contracts.engine.OperatorQueueSuite;
import dev.clew.contracts.engine.OperatorSuite;
import dev.clew.contracts.engine.OwnershipSuite;
import dev.clew.contracts.engine.PendingSuite;
import dev.clew.contracts.engine.PreviousSuite;
import dev.clew.contracts.engine.ProceedSuite;
import dev.clew.contracts.engine.QueueCrossingSuite;
import dev.clew.contracts.engine.QueueSuite;
import dev.clew.contracts.engine.QueuedChildrenSuite;
import dev.clew.contracts.engine.ReadBackSuite;
import dev.clew.contracts.engine.RecoverySuite;
import dev.clew.contracts.engine.RejectingSuite;
import dev.clew.contracts.engine.ReplaySuite;
import dev.clew.contracts.engine.RequestSuite;
import dev.clew.contracts.engine.RetentionSuite;
import dev.clew.contracts.engine.RetrySuite;
import dev.clew.contracts.engine.RunCancellationSuite;
import dev.clew.contracts.engine.RunIdSuite;
import dev.clew.contracts.engine.RunNumbersSuite;
import dev.clew.contracts.engine.RunawaySuite;
import dev.clew.contracts.engine.RunningAnswerSuite;
import dev.clew.contracts.engine.ScheduleDefinitionSuite;
import dev.clew.contracts.engine.ScheduleSuite;
import dev.clew.contracts.engine.SleepsSuite;
import dev.clew.contracts.engine.StepLimitSuite;
import dev.clew.contracts.engine.StepTimesSuite;
import dev.clew.contracts.engine.StoppedWorkersSuite;
import dev.clew.contracts.engine.StoreCopySuite;
import dev.clew.contracts.engine.StoreSuite;
import dev.clew.contracts.engine.StreamModesSuite;
import dev.clew.contracts.engine.StreamReadersSuite;
import dev.clew.contracts.engine.StreamReplaySuite;
import dev.clew.contracts.engine.StreamSoakSuite;
import dev.clew.contracts.engine.StreamSuite;
import dev.clew.contracts.engine.SuspensionSuite;
import dev.clew.contracts.engine.TapSuite;
import dev.clew.contracts.engine.TimeTravelSuite;
import dev.clew.contracts.engine.TimeoutSuite;
import dev.clew.contracts.engine.TimersSuite;
import dev.clew.contracts.engine.UnattendedRunsSuite;
import dev.clew.contracts.engine.UndoCrashSuite;
import dev.clew.contracts.engine.UndoCrossingSuite;
import dev.clew.contracts.engine.UndoDeploySuite;
import dev.clew.contracts.engine.UndoSuite;
import dev.clew.contracts.engine.UpdateStateSuite;
import dev.clew.contracts.engine.ValueEvolutionSuite;
import dev.clew.contracts.engine.ValuesSuite;
import dev.clew.contracts.engine.VerifyCrossingSuite;
import dev.clew.contracts.engine.VerifySuite;
import dev.clew.contracts.engine.WatchSuite;
import dev.clew.contracts.engine.WatchedHandlesSuite;
import dev.clew.contracts.engine.WorkerDeathsSuite;
import dev.clew.contracts.graph.BreakpointSuite;
import dev.clew.contracts.graph.EditCrossingSuite;
import dev.clew.contracts.graph.EditOrderSuite;
import dev.clew.contracts.graph.EditedThreadSuite;
import dev.clew.contracts.graph.GraphCallSuite;
import dev.clew.contracts.graph.GraphFailureSuite;
import dev.clew.contracts.graph.GraphForkSuite;
import dev.clew.contracts.graph.GraphOrderSuite;
import dev.clew.contracts.graph.GraphShapeSuite;
import dev.clew.contracts.graph.GraphStatusSuite;
import dev.clew.contracts.graph.GraphStreamSuite;
import dev.clew.contracts.graph.InnerEditSuite;
import dev.clew.contracts.graph.MessagesSuite;
import dev.clew.contracts.graph.NodeEffectSuite;
import dev.clew.contracts.graph.NodeUndoSuite;
import dev.clew.contracts.graph.QueuedGraphSuite;
import dev.clew.contracts.graph.RandomChainSuite;
import dev.clew.contracts.graph.SnapshotSuite;
import dev.clew.contracts.graph.StateChainSuite;
import dev.clew.contracts.graph.StateEditSuite;
import dev.clew.contracts.graph.StateEvolutionSuite;
import dev.clew.contracts.graph.VerifyGraphSuite;
import dev.clew.contracts.store.DocumentsContract;
import dev.clew.contracts.store.ExpiryContract;
import dev.clew.contracts.store.FilterContract;
import dev.clew.contracts.store.NamespacesContract;
import dev.clew.contracts.store.SearchContract;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** A file of SQLite passes every suite. */
final class SqliteContractsTest extends ContractList {
    /** The one has tests of its own beside those of the contract, the other runs alone. */
    @Override
    protected Set<Class<?>> elsewhere() {
        return Set.of(TaskCacheContract.class, StreamSoakSuite.class);
    }

    @Nested
    final class GraphCall extends GraphCallSuite implements OnSqlite {}

    @Nested
    final class InnerEdit extends InnerEditSuite implements OnSqlite {}

    @Nested
    final class GraphStatus extends GraphStatusSuite implements OnSqlite {}

    @Nested
    final class GraphOrder extends GraphOrderSuite implements OnSqlite {}

    @Nested
    final class GraphShape extends GraphShapeSuite implements OnSqlite {}

    @Nested
    final class GraphFailure extends GraphFailureSuite implements OnSqlite {}

    @Nested
    final class GraphStream extends GraphStreamSuite implements OnSqlite {}

    @Nested
    final class Breakpoint extends BreakpointSuite implements OnSqlite {}

    @Nested
    final class EditCrossing extends EditCrossingSuite implements OnSqlite {}

    @Nested
    final class EditOrder extends EditOrderSuite implements OnSqlite {}

    @Nested
    final class EditedThread extends EditedThreadSuite implements OnSqlite {}

    @Nested
    final class GraphFork extends GraphForkSuite implements OnSqlite {}

    @Nested
    final class Snapshot extends SnapshotSuite implements OnSqlite {}

    @Nested
    final class GraphMessages extends MessagesSuite implements OnSqlite {}

    @Nested
    final class StateChain extends StateChainSuite implements OnSqlite {}

    @Nested
    final class StateEvolution extends StateEvolutionSuite implements OnSqlite {}

    @Nested
    final class RandomChain extends RandomChainSuite implements OnSqlite {}

    @Nested
    final class StateEdit extends StateEditSuite implements OnSqlite {}

    @Nested
    final class AnswerCheck extends AnswerCheckSuite implements OnSqlite {}

    @Nested
    final class AnswerRace extends AnswerRaceSuite implements OnSqlite {}

    @Nested
    final class AnswerSchema extends AnswerSchemaSuite implements OnSqlite {}

    @Nested
    final class AnswerTypes extends AnswerTypesSuite implements OnSqlite {}

    @Nested
    final class Answers extends AnswersSuite implements OnSqlite {}

    @Nested
    final class BrokenThread extends BrokenThreadSuite implements OnSqlite {}

    @Nested
    final class Cache extends CacheSuite implements OnSqlite {}

    @Nested
    final class CacheDamage extends CacheDamageSuite implements OnSqlite {}

    @Nested
    final class Cancellation extends CancellationSuite implements OnSqlite {}

    @Nested
    final class ChangedQuestion extends ChangedQuestionSuite implements OnSqlite {}

    @Nested
    final class Checkpointer extends CheckpointerContract implements OnSqlite {}

    @Nested
    final class ChildMemory extends ChildMemorySuite implements OnSqlite {}

    @Nested
    final class Children extends ChildrenSuite implements OnSqlite {}

    @Nested
    final class ClassLoader extends ClassLoaderSuite implements OnSqlite {}

    @Nested
    final class Closing extends ClosingSuite implements OnSqlite {}

    @Nested
    final class CommandTable extends CommandTableSuite implements OnSqlite {}

    @Nested
    final class Concurrency extends ConcurrencySuite implements OnSqlite {}

    @Nested
    final class Context extends ContextSuite implements OnSqlite {}

    @Nested
    final class Crossing extends CrossingSuite implements OnSqlite {}

    @Nested
    final class Detached extends DetachedSuite implements OnSqlite {}

    @Nested
    final class DeterministicSources extends DeterministicSourcesSuite implements OnSqlite {}

    @Nested
    final class Documents extends DocumentsContract implements OnSqlite {}

    @Nested
    final class Durability extends DurabilitySuite implements OnSqlite {}

    @Nested
    final class EncryptedMetadata extends EncryptedMetadataSuite implements OnSqlite {}

    @Nested
    final class EngineError extends EngineErrorSuite implements OnSqlite {}

    @Nested
    final class Expiry extends ExpiryContract implements OnSqlite {}

    @Nested
    final class Failures extends FailuresSuite implements OnSqlite {}

    @Nested
    final class Filter extends FilterContract implements OnSqlite {}

    @Nested
    final class Flight extends FlightSuite implements OnSqlite {}

    @Nested
    final class Forever extends ForeverSuite implements OnSqlite {}

    @Nested
    final class FormerNames extends FormerNamesSuite implements OnSqlite {}

    @Nested
    final class Futures extends FuturesSuite implements OnSqlite {}

    @Nested
    final class History extends HistorySuite implements OnSqlite {}

    @Nested
    final class Identity extends IdentitySuite implements OnSqlite {}

    @Nested
    final class Interrupt extends InterruptSuite implements OnSqlite {}

    @Nested
    final class KeptArguments extends KeptArgumentsSuite implements OnSqlite {}

    @Nested
    final class Listener extends ListenerSuite implements OnSqlite {}

    @Nested
    final class Listing extends ListingSuite implements OnSqlite {}

    @Nested
    final class Namespaces extends NamespacesContract implements OnSqlite {}

    @Nested
    final class NestedInvoke extends NestedInvokeSuite implements OnSqlite {}

    @Nested
    final class NewAttempt extends NewAttemptSuite implements OnSqlite {}

    @Nested
    final class NonDeterminism extends NonDeterminismSuite implements OnSqlite {}

    @Nested
    final class Undos extends UndoSuite implements OnSqlite {}

    @Nested
    final class UndoCrashes extends UndoCrashSuite implements OnSqlite {}

    @Nested
    final class UndoDeploys extends UndoDeploySuite implements OnSqlite {}

    @Nested
    final class UndoCrossings extends UndoCrossingSuite implements OnSqlite {}

    @Nested
    final class Effects extends EffectSuite implements OnSqlite {}

    @Nested
    final class VerifyCrossings extends VerifyCrossingSuite implements OnSqlite {}

    @Nested
    final class VerifyGraphs extends VerifyGraphSuite implements OnSqlite {}

    @Nested
    final class Verifies extends VerifySuite implements OnSqlite {}

    @Nested
    final class EffectZombies extends EffectZombieSuite implements OnSqlite {}

    @Nested
    final class EffectCrossings extends EffectCrossingSuite implements OnSqlite {}

    @Nested
    final class EffectSettling extends EffectSettlingSuite implements OnSqlite {}

    @Nested
    final class NodeEffects extends NodeEffectSuite implements OnSqlite {}

    @Nested
    final class NodeUndos extends NodeUndoSuite implements OnSqlite {}

    @Nested
    final class Erasures extends ErasureSuite implements OnSqlite {}

    @Nested
    final class Notes extends NotesSuite implements OnSqlite {}

    @Nested
    final class Once extends OnceSuite implements OnSqlite {}

    @Nested
    final class Operator extends OperatorSuite implements OnSqlite {}

    @Nested
    final class OperatorQueue extends OperatorQueueSuite implements OnSqlite {}

    @Nested
    final class Ownership extends OwnershipSuite implements OnSqlite {}

    @Nested
    final class Pending extends PendingSuite implements OnSqlite {}

    @Nested
    final class Previous extends PreviousSuite implements OnSqlite {}

    @Nested
    final class Proceed extends ProceedSuite implements OnSqlite {}

    @Nested
    final class Queue extends QueueSuite implements OnSqlite {}

    @Nested
    final class QueueCrossing extends QueueCrossingSuite implements OnSqlite {}

    @Nested
    final class QueuedGraph extends QueuedGraphSuite implements OnSqlite {}

    @Nested
    final class Schedule extends ScheduleSuite implements OnSqlite {}

    @Nested
    final class ScheduleDefinition extends ScheduleDefinitionSuite implements OnSqlite {}

    @Nested
    final class Client extends ClientSuite implements OnSqlite {}

    @Nested
    final class QueuedChildren extends QueuedChildrenSuite implements OnSqlite {}

    @Nested
    final class WorkerDeaths extends WorkerDeathsSuite implements OnSqlite {}

    @Nested
    final class UnattendedRuns extends UnattendedRunsSuite implements OnSqlite {}

    @Nested
    final class Enqueue extends EnqueueSuite implements OnSqlite {}

    @Nested
    final class RequestsOfServers extends RequestSuite implements OnSqlite {}

    @Nested
    final class AttributesOfRuns extends AttributesSuite implements OnSqlite {}

    @Nested
    final class WatchedHandles extends WatchedHandlesSuite implements OnSqlite {}

    @Nested
    final class StoppedWorkers extends StoppedWorkersSuite implements OnSqlite {}

    @Nested
    final class Rejecting extends RejectingSuite implements OnSqlite {}

    @Nested
    final class HeldRuns extends HeldRunsSuite implements OnSqlite {}

    @Nested
    final class Interrupting extends InterruptingSuite implements OnSqlite {}

    @Nested
    final class DeleteWhenDone extends DeleteWhenDoneSuite implements OnSqlite {}

    @Nested
    final class Deployments extends DeploymentSuite implements OnSqlite {}

    @Nested
    final class ReadBack extends ReadBackSuite implements OnSqlite {}

    @Nested
    final class Recovery extends RecoverySuite implements OnSqlite {}

    @Nested
    final class Replay extends ReplaySuite implements OnSqlite {}

    @Nested
    final class StoreCopy extends StoreCopySuite implements OnSqlite {}

    @Nested
    final class Retention extends RetentionSuite implements OnSqlite {}

    @Nested
    final class Retry extends RetrySuite implements OnSqlite {}

    @Nested
    final class RunCancellation extends RunCancellationSuite implements OnSqlite {}

    @Nested
    final class RunNumbers extends RunNumbersSuite implements OnSqlite {}

    @Nested
    final class RunId extends RunIdSuite implements OnSqlite {}

    @Nested
    final class Runaway extends RunawaySuite implements OnSqlite {}

    @Nested
    final class RunningAnswer extends RunningAnswerSuite implements OnSqlite {}

    @Nested
    final class Search extends SearchContract implements OnSqlite {}

    @Nested
    final class Sleeps extends SleepsSuite implements OnSqlite {}

    @Nested
    final class StepLimit extends StepLimitSuite implements OnSqlite {}

    @Nested
    final class StepTimes extends StepTimesSuite implements OnSqlite {}

    @Nested
    final class Store extends StoreSuite implements OnSqlite {}

    @Nested
    final class Stream extends StreamSuite implements OnSqlite {}

    @Nested
    final class StreamModes extends StreamModesSuite implements OnSqlite {}

    @Nested
    final class StreamReaders extends StreamReadersSuite implements OnSqlite {}

    @Nested
    final class StreamReplay extends StreamReplaySuite implements OnSqlite {}

    @Nested
    final class Suspension extends SuspensionSuite implements OnSqlite {}

    @Nested
    final class TimeTravel extends TimeTravelSuite implements OnSqlite {}

    @Nested
    final class Timeout extends TimeoutSuite implements OnSqlite {}

    @Nested
    final class Timers extends TimersSuite implements OnSqlite {}

    @Nested
    final class UpdateState extends UpdateStateSuite implements OnSqlite {}

    @Nested
    final class ValueEvolution extends ValueEvolutionSuite implements OnSqlite {}

    @Nested
    final class Values extends ValuesSuite implements OnSqlite {}

    @Nested
    final class Taps extends TapSuite implements OnSqlite {}

    @Nested
    final class Watch extends WatchSuite implements OnSqlite {}
}
