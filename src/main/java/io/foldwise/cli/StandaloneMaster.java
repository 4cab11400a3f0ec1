package io.foldwise.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import scala.reflect.ClassTag$;

/** Asks the master of a standalone cluster what its workers have; other masters tell no one. */
final class StandaloneMaster {
  private static final String SCHEME = "spark://";

  private StandaloneMaster() {}

  /** What the cluster has, as a clause. */
  static String offer(Optional<SparkContext> context) {
    if (context.isEmpty() || !context.get().master().startsWith(SCHEME)) {
      return "the cluster does not say what it has";
    }
    try {
      return Arrays.stream(context.get().master().substring(SCHEME.length()).split(","))
          .map(master -> workers(context.get(), RpcAddress.fromSparkURL(SCHEME + master)))
          .filter(offer -> !offer.isEmpty())
          .findFirst()
          .orElse("it has no workers");
    } catch (Exception | LinkageError silent) {
      return "its master does not answer";
    }
  }

  private static String workers(SparkContext context, RpcAddress address) {
    RpcEndpointRef master =
        context.env().rpcEnv().setupEndpointRef(address, Master.ENDPOINT_NAME());
    DeployMessages.MasterStateResponse state =
        master.askSync(
            DeployMessages.RequestMasterState$.MODULE$,
            ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class));
    String offers =
        Arrays.stream(state.workers())
            .collect(Collectors.groupingBy(StandaloneMaster::size, Collectors.counting()))
            .entrySet()
            .stream()
            .map(same -> "%d with %s".formatted(same.getValue(), same.getKey()))
            .collect(Collectors.joining(", "));
    return offers.isEmpty() ? "" : "its workers are " + offers;
  }

  private static String size(WorkerInfo worker) {
    return "%,d MiB and %d cores".formatted(worker.memory(), worker.cores());
  }
}
