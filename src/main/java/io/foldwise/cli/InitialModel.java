package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.InitialWeights;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Initial weights from a file: a run's {@code result.json}, or only its {@code model} object. A run
 * folder stands for the result.json in it.
 */
final class InitialModel {
  private InitialModel() {}

  static InitialWeights read(String path) {
    InputFile file = InputFile.of(Options.INIT.name(), path).orWithin(RunFolder.RESULT);
    if (!file.isFile()) {
      throw new InvalidInputException(
          "'init' ("
              + path
              + ") must be baseline, zeros, normal, uniform or a file, and no such file exists");
    }
    try (InputStream in = file.open()) {
      JsonNode root = new ObjectMapper().readTree(in);
      return weights(path, root.has("model") ? root.get("model") : root);
    } catch (JsonProcessingException bad) {
      throw refusal(path, "is not JSON, line " + bad.getLocation().getLineNr());
    } catch (IOException failed) {
      throw refusal(path, "cannot be read: " + failed.getMessage());
    }
  }

  private static InitialWeights weights(String path, JsonNode model) {
    if (model.path("intercepts").isObject()) {
      throw new InvalidInputException(
          "'init' (%s) holds a function for each of several classes, and one is taken: take baseline, zeros, normal or uniform"
              .formatted(path));
    }
    if (!model.path("intercept").isNumber() || !model.path("coefficients").isObject()) {
      throw refusal(path, "holds no model {intercept, coefficients: {name: value}}");
    }
    Map<String, Double> coefficients = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> term : model.get("coefficients").properties()) {
      if (!term.getValue().isNumber()) {
        throw refusal(path, "holds a coefficient of '" + term.getKey() + "' that is not a number");
      }
      coefficients.put(term.getKey(), term.getValue().doubleValue());
    }
    return new InitialWeights.Given(model.get("intercept").doubleValue(), coefficients);
  }

  private static InvalidInputException refusal(String path, String what) {
    return new InvalidInputException(
        "'init' (" + path + ") " + what + ": take a run's result.json");
  }
}
