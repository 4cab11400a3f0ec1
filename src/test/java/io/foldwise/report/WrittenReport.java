package io.foldwise.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.browser.CrossValidated;
import io.foldwise.browser.Entrances;
import io.foldwise.browser.PageEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * A report as it stands in the folder of a run.
 *
 * @param data what the page is made from
 */
public record WrittenReport(Path folder, JsonNode data) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BEGIN = "<script type=\"application/json\" id=\"run\">";

  /** Reads the report of a run. */
  public static WrittenReport in(Path folder) throws IOException {
    String page = Files.readString(folder.resolve("report.html"));
    int from = page.indexOf(BEGIN) + BEGIN.length();
    return new WrittenReport(
        folder, MAPPER.readTree(page.substring(from, page.indexOf("</script>", from))));
  }

  public Path page() {
    return folder.resolve("report.html");
  }

  /** What result.json holds. */
  public JsonNode result() throws IOException {
    return MAPPER.readTree(folder.resolve("result.json").toFile());
  }

  /** The engine of its page, in this JVM. */
  public PageEngine engine() throws IOException {
    byte[] bytes = Base64.getDecoder().decode(data.at("/moments/bytes").asText());
    String metric = data.at("/moments/metric").asText();
    double patience = data.get("patience").asDouble();
    double tolerance = data.get("tolerance").asDouble();
    return data.at("/moments/rows").asBoolean()
        ? Entrances.foldwiseRowsEngine(bytes, metric, patience, tolerance)
        : Entrances.foldwiseEngine(bytes, metric, patience, tolerance);
  }

  /** The values of the chosen candidate, as a grid. */
  public String grid() {
    return data.get("values").properties().stream()
        .map(value -> value.getKey() + "=" + value.getValue().asText())
        .collect(Collectors.joining("; "));
  }

  /** The epochs of the only candidate found; 0 where it takes no steps. */
  public double epochs(CrossValidated found) {
    return grid().contains("epochs=") ? found.epochs() : 0;
  }
}
