package dev.clew.contracts;

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

/** The memory of the runtime passes every suite. */
final class MemoryContractsTest extends ContractList {
    /** The one has tests of its own beside those of the contract, the other runs alone. */
    @Override
    protected Set<Class<?>> elsewhere() {
        return Set.of(TaskCacheContract.class, StreamSoakSuite.class);
    }

    @Nested
    final class GraphCall extends GraphCallSuite implements OnMemory {}

    @Nested
    final class InnerEdit extends InnerEditSuite implements OnMemory {}

    @Nested
    final class GraphStatus extends GraphStatusSuite implements OnMemory {}

    @Nested
    final class GraphOrder extends GraphOrderSuite implements OnMemory {}

    @Nested
    final class GraphShape extends GraphShapeSuite implements OnMemory {}

    @Nested
    final class GraphFailure extends GraphFailureSuite implements OnMemory {}

    @Nested
    final class GraphStream extends GraphStreamSuite implements OnMemory {}

    @Nested
    final class Breakpoint extends BreakpointSuite implements OnMemory {}

    @Nested
    final class EditCrossing extends EditCrossingSuite implements OnMemory {}

    @Nested
    final class EditOrder extends EditOrderSuite implements OnMemory {}

    @Nested
    final class EditedThread extends EditedThreadSuite implements OnMemory {}

    @Nested
    final class GraphFork extends GraphForkSuite implements OnMemory {}

    @Nested
    final class Snapshot extends SnapshotSuite implements OnMemory {}

    @Nested
    final class GraphMessages extends MessagesSuite implements OnMemory {}

    @Nested
    final class StateChain extends StateChainSuite implements OnMemory {}

    @Nested
    final class StateEvolution extends StateEvolutionSuite implements OnMemory {}

    @Nested
    final class RandomChain extends RandomChainSuite implements OnMemory {}

    @Nested
    final class StateEdit extends StateEditSuite implements OnMemory {}

    @Nested
    final class AnswerCheck extends AnswerCheckSuite implements OnMemory {}

    @Nested
    final class AnswerRace extends AnswerRaceSuite implements OnMemory {}

    @Nested
    final class AnswerSchema extends AnswerSchemaSuite implements OnMemory {}

    @Nested
    final class AnswerTypes extends AnswerTypesSuite implements OnMemory {}

    @Nested
    final class Answers extends AnswersSuite implements OnMemory {}

    @Nested
    final class BrokenThread extends BrokenThreadSuite implements OnMemory {}

    @Nested
    final class Cache extends CacheSuite implements OnMemory {}

    @Nested
    final class CacheDamage extends CacheDamageSuite implements OnMemory {}

    @Nested
    final class Cancellation extends CancellationSuite implements OnMemory {}

    @Nested
    final class ChangedQuestion extends ChangedQuestionSuite implements OnMemory {}

    @Nested
    final class Checkpointer extends CheckpointerContract implements OnMemory {}

    @Nested
    final class ChildMemory extends ChildMemorySuite implements OnMemory {}

    @Nested
    final class Children extends ChildrenSuite implements OnMemory {}

    @Nested
    final class ClassLoader extends ClassLoaderSuite implements OnMemory {}

    @Nested
    final class Closing extends ClosingSuite implements OnMemory {}

    @Nested
    final class CommandTable extends CommandTableSuite implements OnMemory {}

    @Nested
    final class Concurrency extends ConcurrencySuite implements OnMemory {}

    @Nested
    final class Context extends ContextSuite implements OnMemory {}

    @Nested
    final class Crossing extends CrossingSuite implements OnMemory {}

    @Nested
    final class Detached extends DetachedSuite implements OnMemory {}

    @Nested
    final class DeterministicSources extends DeterministicSourcesSuite implements OnMemory {}

    @Nested
    final class Documents extends DocumentsContract implements OnMemory {}

    @Nested
    final class Durability extends DurabilitySuite implements OnMemory {}

    @Nested
    final class EncryptedMetadata extends EncryptedMetadataSuite implements OnMemory {}

    @Nested
    final class EngineError extends EngineErrorSuite implements OnMemory {}

    @Nested
    final class Expiry extends ExpiryContract implements OnMemory {}

    @Nested
    final class Failures extends FailuresSuite implements OnMemory {}

    @Nested
    final class Filter extends FilterContract implements OnMemory {}

    @Nested
    final class Flight extends FlightSuite implements OnMemory {}

    @Nested
    final class Forever extends ForeverSuite implements OnMemory {}

    @Nested
    final class FormerNames extends FormerNamesSuite implements OnMemory {}

    @Nested
    final class Futures extends FuturesSuite implements OnMemory {}

    @Nested
    final class History extends HistorySuite implements OnMemory {}

    @Nested
    final class Identity extends IdentitySuite implements OnMemory {}

    @Nested
    final class Interrupt extends InterruptSuite implements OnMemory {}

    @Nested
    final class KeptArguments extends KeptArgumentsSuite implements OnMemory {}

    @Nested
    final class Listener extends ListenerSuite implements OnMemory {}

    @Nested
    final class Listing extends ListingSuite implements OnMemory {}

    @Nested
    final class Namespaces extends NamespacesContract implements OnMemory {}

    @Nested
    final class NestedInvoke extends NestedInvokeSuite implements OnMemory {}

    @Nested
    final class NewAttempt extends NewAttemptSuite implements OnMemory {}

    @Nested
    final class NonDeterminism extends NonDeterminismSuite implements OnMemory {}

    @Nested
    final class Undos extends UndoSuite implements OnMemory {}

    @Nested
    final class UndoCrashes extends UndoCrashSuite implements OnMemory {}

    @Nested
    final class UndoDeploys extends UndoDeploySuite implements OnMemory {}

    @Nested
    final class UndoCrossings extends UndoCrossingSuite implements OnMemory {}

    @Nested
    final class Effects extends EffectSuite implements OnMemory {}

    @Nested
    final class VerifyCrossings extends VerifyCrossingSuite implements OnMemory {}

    @Nested
    final class VerifyGraphs extends VerifyGraphSuite implements OnMemory {}

    @Nested
    final class Verifies extends VerifySuite implements OnMemory {}

    @Nested
    final class EffectZombies extends EffectZombieSuite implements OnMemory {}

    @Nested
    final class EffectCrossings extends EffectCrossingSuite implements OnMemory {}

    @Nested
    final class EffectSettling extends EffectSettlingSuite implements OnMemory {}

    @Nested
    final class NodeEffects extends NodeEffectSuite implements OnMemory {}

    @Nested
    final class NodeUndos extends NodeUndoSuite implements OnMemory {}

    @Nested
    final class Erasures extends ErasureSuite implements OnMemory {}

    @Nested
    final class Notes extends NotesSuite implements OnMemory {}

    @Nested
    final class Once extends OnceSuite implements OnMemory {}

    @Nested
    final class Operator extends OperatorSuite implements OnMemory {}

    @Nested
    final class OperatorQueue extends OperatorQueueSuite implements OnMemory {}

    @Nested
    final class Ownership extends OwnershipSuite implements OnMemory {}

    @Nested
    final class Pending extends PendingSuite implements OnMemory {}

    @Nested
    final class Previous extends PreviousSuite implements OnMemory {}

    @Nested
    final class Proceed extends ProceedSuite implements OnMemory {}

    @Nested
    final class Queue extends QueueSuite implements OnMemory {}

    @Nested
    final class QueueCrossing extends QueueCrossingSuite implements OnMemory {}

    @Nested
    final class QueuedGraph extends QueuedGraphSuite implements OnMemory {}

    @Nested
    final class Schedule extends ScheduleSuite implements OnMemory {}

    @Nested
    final class ScheduleDefinition extends ScheduleDefinitionSuite implements OnMemory {}

    @Nested
    final class Client extends ClientSuite implements OnMemory {}

    @Nested
    final class QueuedChildren extends QueuedChildrenSuite implements OnMemory {}

    @Nested
    final class WorkerDeaths extends WorkerDeathsSuite implements OnMemory {}

    @Nested
    final class UnattendedRuns extends UnattendedRunsSuite implements OnMemory {}

    @Nested
    final class Enqueue extends EnqueueSuite implements OnMemory {}

    @Nested
    final class RequestsOfServers extends RequestSuite implements OnMemory {}

    @Nested
    final class AttributesOfRuns extends AttributesSuite implements OnMemory {}

    @Nested
    final class WatchedHandles extends WatchedHandlesSuite implements OnMemory {}

    @Nested
    final class StoppedWorkers extends StoppedWorkersSuite implements OnMemory {}

    @Nested
    final class Rejecting extends RejectingSuite implements OnMemory {}

    @Nested
    final class HeldRuns extends HeldRunsSuite implements OnMemory {}

    @Nested
    final class Interrupting extends InterruptingSuite implements OnMemory {}

    @Nested
    final class DeleteWhenDone extends DeleteWhenDoneSuite implements OnMemory {}

    @Nested
    final class Deployments extends DeploymentSuite implements OnMemory {}

    @Nested
    final class ReadBack extends ReadBackSuite implements OnMemory {}

    @Nested
    final class Recovery extends RecoverySuite implements OnMemory {}

    @Nested
    final class Replay extends ReplaySuite implements OnMemory {}

    @Nested
    final class StoreCopy extends StoreCopySuite implements OnMemory {}

    @Nested
    final class Retention extends RetentionSuite implements OnMemory {}

    @Nested
    final class Retry extends RetrySuite implements OnMemory {}

    @Nested
    final class RunCancellation extends RunCancellationSuite implements OnMemory {}

    @Nested
    final class RunNumbers extends RunNumbersSuite implements OnMemory {}

    @Nested
    final class RunId extends RunIdSuite implements OnMemory {}

    @Nested
    final class Runaway extends RunawaySuite implements OnMemory {}

    @Nested
    final class RunningAnswer extends RunningAnswerSuite implements OnMemory {}

    @Nested
    final class Search extends SearchContract implements OnMemory {}

    @Nested
    final class Sleeps extends SleepsSuite implements OnMemory {}

    @Nested
    final class StepLimit extends StepLimitSuite implements OnMemory {}

    @Nested
    final class StepTimes extends StepTimesSuite implements OnMemory {}

    @Nested
    final class Store extends StoreSuite implements OnMemory {}

    @Nested
    final class Stream extends StreamSuite implements OnMemory {}

    @Nested
    final class StreamModes extends StreamModesSuite implements OnMemory {}

    @Nested
    final class StreamReaders extends StreamReadersSuite implements OnMemory {}

    @Nested
    final class StreamReplay extends StreamReplaySuite implements OnMemory {}

    @Nested
    final class Suspension extends SuspensionSuite implements OnMemory {}

    @Nested
    final class TimeTravel extends TimeTravelSuite implements OnMemory {}

    @Nested
    final class Timeout extends TimeoutSuite implements OnMemory {}

    @Nested
    final class Timers extends TimersSuite implements OnMemory {}

    @Nested
    final class UpdateState extends UpdateStateSuite implements OnMemory {}

    @Nested
    final class ValueEvolution extends ValueEvolutionSuite implements OnMemory {}

    @Nested
    final class Values extends ValuesSuite implements OnMemory {}

    @Nested
    final class Taps extends TapSuite implements OnMemory {}

    @Nested
    final class Watch extends WatchSuite implements OnMemory {}
}
