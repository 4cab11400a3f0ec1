package io.foldwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.Experiment;
import io.foldwise.search.SearchPlan;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.engine.plan.EnginePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how a search would be computed, without training anything. */
final class ExplainCommand implements Command {
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "say how a search would be computed, without training: engine, passes, memory, tasks";
  }

  @Override
  public String example() {
    return "explain --data data/diabetes.csv --label target --grid \"l2=0,1\"";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>(new SearchCommand().options());
    groups.remove("Output");
    groups.put("Messages", Options.TELLING);
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    DataArguments arguments = new DataArguments(settings);
    PlanArguments asked = PlanArguments.of(settings);
    DataOptions options = arguments.data(asked.labels());
    AssignmentOptions folds = arguments.folds(asked.seed(0), asked.objective().loss());
    console.progress("starting Spark");
    Session session = Session.open(asked.wanted().device());
    try (LoadedData data = DataLoader.load(session.spark(), options)) {
      Experiment.Explanation explained = asked.experiment(folds, 0).explain(data);
      SearchPlan plan = explained.plan();
      explained.rows().notes().forEach(console::note);
      new WithoutEffect(asked, plan, folds).notes().forEach(console::note);
      console.result(
          ResultJson.text(json(plan, explained.engine())), text(plan, explained.engine()));
    }
  }

  private static String text(SearchPlan plan, EnginePlan engine) {
    StringBuilder text = new StringBuilder();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("rows", "%,d to train on".formatted(plan.assignment().rows()));
    lines.put("trials", trials(plan.candidates().size(), plan.assignment().splits().size()));
    lines.put("engine", engine.engine().label() + ": " + engine.reason());
    lines.put("movement", engine.movement().toString());
    lines.put("device", engine.device().label());
    lines.put("passes", engine.cost().dataPasses() + " over the training rows");
    lines.put("memory", memory(engine.cost().memoryBytes()));
    lines.put("tasks", Integer.toString(engine.cost().tasks()));
    lines.forEach((name, value) -> text.append("%-9s %s%n".formatted(name, value)));
    return text.toString();
  }

  private static String trials(long candidates, long folds) {
    return "%,d (%s x %s)"
        .formatted(
            candidates * folds,
            SummaryText.counted(candidates, "candidate"),
            SummaryText.counted(folds, "fold"));
  }

  private static String memory(long bytes) {
    return bytes < MEBIBYTE ? "below 1 MiB" : "%,.0f MiB".formatted(bytes / MEBIBYTE);
  }

  private static ObjectNode json(SearchPlan plan, EnginePlan engine) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rows", plan.assignment().rows())
        .put("candidates", plan.candidates().size())
        .put("folds", plan.assignment().folds())
        .put("engine", engine.engine().label())
        .put("movement", engine.movement().what().label())
        .put("segments", engine.movement().segments())
        .put("device", engine.device().label())
        .put("reason", engine.reason())
        .put("dataPasses", engine.cost().dataPasses())
        .put("memoryBytes", engine.cost().memoryBytes())
        .put("tasks", engine.cost().tasks());
  }
}
