package io.foldwise;

import io.foldwise.cli.Main;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.SparkSession;

/**
 * Calls {@link Main} as YARN's ApplicationMaster of Spark does in cluster mode: in a thread, and
 * for which any {@link System#exit} is a failure.
 */
final class ApplicationMasterLike {
  private ApplicationMasterLike() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("spark.submit.deployMode", "cluster");
    Thread user =
        new Thread(
            () -> {
              try {
                Main.main(args);
                boolean stopped = SparkSession.getDefaultSession().isEmpty();
                System.out.println("SUCCEEDED, Spark stopped: " + stopped);
              } catch (SparkUserAppException failed) {
                System.out.println("FAILED, status " + failed.exitCode());
              }
            });
    user.start();
    user.join();
  }
}
