package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCommandsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"d.csv", "d.parquet", "d.pkl"})
  void whatIsGeneratedCanBeInspected(String name) throws IOException {
    Path data = folder.resolve(name);
    Outcome.of("generate", "--rows", 50, "--features", 2, "--out", data, "--quiet").succeeded();
    JsonNode found = Outcome.of("inspect", "--data", data, "--json").succeeded().json();
    assertEquals(50, found.at("/training/rows").asInt());
    assertEquals(3, found.at("/training/columns").size());
    assertEquals(0, found.at("/training/columns/0/missing").asInt());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing but the dataset is left");
    }
  }

  @Test
  void dataAreReplacedOnRequestOnly() throws IOException {
    Path data = folder.resolve("d.csv");
    Outcome.of("generate", "--rows", 5, "--out", data).succeeded();
    Outcome.of("generate", "--rows", 6, "--out", data)
        .assertRefused(2, "'out' (" + data + ") exists: choose another or add --overwrite");
    assertEquals(6, Files.readAllLines(data).size());
    Outcome.of("generate", "--rows", 6, "--out", data, "--overwrite").succeeded();
    assertEquals(7, Files.readAllLines(data).size());
  }

  @Test
  void aFormatIsNeeded() {
    Path data = folder.resolve("d.txt");
    Outcome.of("generate", "--out", data)
        .assertRefused(
            2, "'out' (" + data + ") is of an unknown file type: add --format csv|parquet|pickle");
    assertFalse(Files.exists(data));
  }

  @Test
  void anEmptyColumnIsNothingToInspect() throws IOException {
    Path data = Files.writeString(folder.resolve("gap.csv"), "a,b,empty\n1,2,\n2,3,\n3,5,\n");
    Outcome inspected = Outcome.of("inspect", "--data", data).succeeded();
    assertTrue(inspected.out().contains("left out: empty"), inspected.out());
    assertTrue(inspected.out().contains("--label b --features a "), inspected.out());
  }

  @Test
  void inspectionDescribesEveryColumn() throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), "x,name,y\n1,a,\n2.5,b,4\n");
    Outcome inspected = Outcome.of("inspect", "--data", data).succeeded();
    assertTrue(inspected.out().contains("2 rows"), inspected.out());
    assertTrue(
        inspected.out().matches("(?s).*y +double +1 +1 +4 +4 +4 +label\\R.*"), inspected.out());
    assertTrue(
        inspected
            .out()
            .matches("(?s).*name +string +0 +2 +a +- +b +feature: one-hot, 2 values\\R.*"),
        inspected.out());
  }

  /** What it says at its end does what it says beside the columns. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a;b;kind\n1,5;x;yes\n2,5;z;no\n;x;yes\n4;z;no\n5;x;yes\n6;z;no\n7;x;yes\n8;z;yes\n9;x;no\n1;z;no",
        "when,name,y\n2020-01-01,a,1\n2020-01-02,b,2\n2020-01-03,a,4\n2020-01-05,b,3\n2020-01-06,a,5\n",
        "kind,size,veil\ne,1,p\np,2,p\ne,3,p\np,4,p\ne,2,p\np,5,p\ne,1,p\np,3,p\ne,2,p\np,6,p\n",
        "kind,size,dose\ne,1,?\np,2,?\ne,3,?\np,4,7\ne,2,?\np,5,?\ne,1,8\np,3,?\ne,2,?\np,6,?\n",
        "x z y\n1 1 2.0\n2 3 3.5\n3 2 4.1\n4 5 7.0\n6 5 8.2\n7 7 9.9\n",
        "power,weight,mpg\n1,NA,1\n?,3,2\n3,1,4\n1,2,3\n2,8,5\n6,4,1\n4,5,?\n3,2,7\n1,9,2\n5,5,8\n",
        "a\tb\ty\n1,5\t2\t3\n2\t3,25\t4,5\n?\t1\t1\n2,5\t1\t4\n7\t8\t1\n3\t2\t9\n"
      })
  void theSearchThatItSuggestsRuns(String text) throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), text);
    Object[] more = text.contains(";") ? new Object[] {"--decimal-comma"} : new Object[0];
    Object[] words =
        Stream.concat(Stream.of("inspect", "--data", data, "--json"), Stream.of(more)).toArray();
    Outcome inspected = Outcome.of(words);
    assertEquals(0, inspected.status(), inspected.err());
    String suggested = inspected.json().get("search").asText();
    assertTrue(suggested.startsWith("submit/foldwise search --data " + data), suggested);
    Object[] search =
        ShellCommand.split(suggested).stream().skip(1).map(Object.class::cast).toArray();
    Outcome ran = Outcome.of(search);
    assertEquals(0, ran.status(), suggested + "\n" + ran.err());
  }

  @Test
  void numbersAmongWhichTextsStandForGapsAreNumbers() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("d.csv"),
            "power,weight,town,code,mpg\n1,2,?,1,1\n?,3,NA,x7,2\n3,-,Linz,3,4\n");
    String text = Outcome.of("inspect", "--data", data).succeeded().out();
    assertTrue(
        text.matches("(?s).*power +string +0 +3 .* feature, \\? for a missing cell\\R.*"), text);
    assertTrue(
        text.matches("(?s).*weight +string +0 +3 .* feature, - for a missing cell\\R.*"), text);
    assertTrue(text.matches("(?s).*town +string +0 +3 .* feature: one-hot, 3 values\\R.*"), text);
    assertTrue(text.matches("(?s).*code +string +0 +3 .* feature: one-hot, 3 values\\R.*"), text);
    String options = "--missing-values '?,-' --label mpg --categorical auto --missing mean ";
    assertTrue(text.contains(options), text);
    String given =
        Outcome.of("inspect", "--data", data, "--missing-values", "?,NA").succeeded().out();
    assertTrue(given.contains("--missing-values '?,NA,-' --label mpg"), given);
    Path commas = Files.writeString(folder.resolve("c.csv"), "a;y\n1,5;2\n2,25;3\n3;4,5\n2,5;1\n");
    String decimal = Outcome.of("inspect", "--data", commas, "--separator", ";").succeeded().out();
    assertTrue(decimal.contains("feature, with decimal commas"), decimal);
    assertTrue(decimal.contains(" --decimal-comma --grid"), decimal);
  }

  @Test
  void everyFactOfAColumnStandsUnderItsOwnName() throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), "x,y\n1,9\n1,9\n7,9\n,9\n,9\n,9\n");
    JsonNode table =
        Outcome.of("inspect", "--data", data, "--json").succeeded().json().get("training");
    assertEquals(6, table.get("rows").asInt());
    JsonNode x = table.at("/columns/0");
    assertEquals("x", x.get("name").asText());
    assertEquals("double", x.get("type").asText());
    assertEquals(3, x.get("missing").asInt());
    assertEquals(2, x.get("distinct").asInt());
    assertEquals(1, x.get("min").asDouble());
    assertEquals(3, x.get("mean").asDouble());
    assertEquals(7, x.get("max").asDouble());
    String text = Outcome.of("inspect", "--data", data).succeeded().out();
    String header = "column +type +missing +distinct +min +mean +max +becomes";
    assertTrue(
        text.matches("(?s).*" + header + "\\Rx +double +3 +2 +1 +3 +7 +█ +▅ +feature\\R.*"), text);
  }

  @Test
  void factsOfVectorsStandUnderTheirOwnNames() throws IOException {
    Path data = Files.writeString(folder.resolve("d.libsvm"), "1 2:5\n0 1:3 5:2\n0 5:1\n");
    JsonNode table =
        Outcome.of("inspect", "--data", data, "--json").succeeded().json().get("training");
    assertEquals(3, table.get("rows").asInt());
    assertEquals(5, table.at("/vector/dimensions").asInt());
    assertEquals(4, table.at("/vector/nonzeros").asInt());
    assertEquals(4 / 15.0, table.at("/vector/density").asDouble(), 1e-15);
    String text = Outcome.of("inspect", "--data", data).succeeded().out();
    assertTrue(text.contains("3 rows of 5 features, x1 to x5; 4 values are not zero"), text);
  }
}
