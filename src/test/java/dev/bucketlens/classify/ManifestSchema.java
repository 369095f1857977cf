package dev.bucketlens.classify;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of manifests, as any validator of JSON Schema reads it. */
record ManifestSchema(Schema schema) {

  static ManifestSchema read() throws IOException {
    return new ManifestSchema(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("model", "manifest.schema.json"))));
  }

  /** Returns what the schema has against a manifest; nothing if it is good. */
  List<String> problems(String manifest) {
    return schema.validate(manifest, InputFormat.JSON).stream().map(Error::toString).toList();
  }
}
