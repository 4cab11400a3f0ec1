package io.foldwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.score.Metric;
import io.foldwise.report.LiveServer;

/** What a run has to say, as the events that {@code live.js} reads. */
final class LivePage implements AutoCloseable {
  private final LiveServer server;
  private String phase = "";

  private LivePage(LiveServer server) {
    this.server = server;
  }

  /**
   * Opens the page of a run.
   *
   * @param settings what the run was asked for
   * @param data the name of its data
   * @throws InvalidInputException if nobody could look at it
   */
  static LivePage open(Settings settings, String data) {
    if (settings.flag(Options.QUIET)) {
      throw new InvalidInputException(
          "'serve' and 'quiet' exclude each other, since the address would not be said: keep one");
    }
    if (Main.isDrivenByCluster()) {
      throw new InvalidInputException(
          "'serve' shows a run at 127.0.0.1, where in a cluster nobody can look: run it with"
              + " --deploy-mode client, or without --serve");
    }
    return new LivePage(
        LiveServer.start(
            node()
                .put("title", data)
                .put("version", Version.TEXT)
                .put("command", "submit/foldwise search " + settings.words())
                .toString()));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  String address() {
    return server.address();
  }

  /** Shows how far the run has come. */
  void show(Progress.At at) {
    if (!at.phase().equals(phase)) {
      phase = at.phase();
      ObjectNode began = node().put("words", phase).put("at", at.sinceStart() - at.seconds());
      server.tell(
          "phase", began.put("repeat", at.repeat()).put("repeats", at.repeats()).toString());
    }
    ObjectNode now = node().put("at", at.sinceStart());
    now.put("job", at.job()).put("done", at.done()).put("tasks", at.tasks());
    now.put("repeat", at.repeat()).put("repeats", at.repeats());
    ResultJson.put(now, "share", at.share());
    ResultJson.put(now, "left", at.left());
    server.tellNow(now.toString());
  }

  /** Shows the test score of a repeat. */
  void score(int repeat, Metric metric, double score) {
    ObjectNode node = node().put("repeat", repeat).put("metric", metric.label());
    ResultJson.put(node, "score", score);
    server.tell("score", node.toString());
  }

  void note(String remark) {
    server.tell("note", node().put("words", remark).toString());
  }

  /** Shows why the run failed. */
  void fail(String why) {
    server.finish("failed", node().put("words", why).toString());
  }

  /** Becomes the report. */
  void become(String report) {
    server.finishWithReport(report);
  }

  @Override
  public void close() {
    server.close();
  }
}
