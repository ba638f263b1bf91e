// Sends each line of its input, `key value`, as a message by Java's own client library, in turns with each compression.
// Arguments: brokers, topic, compressions.
import java.util.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.StringSerializer;

public class Produce {
  public static void main(String[] arguments) {
    var producers = new ArrayList<KafkaProducer<String, String>>();
    for (String compression : arguments[2].split(",")) {
      Map<String, Object> settings = new HashMap<>();
      settings.put("bootstrap.servers", arguments[0]);
      settings.put("compression.type", compression);
      settings.put("linger.ms", 50);
      producers.add(new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    }
    try (var lines = new Scanner(System.in)) {
      for (int line = 0; lines.hasNextLine(); line++) {
        String[] parts = lines.nextLine().split(" ", 2);
        producers.get(line % producers.size()).send(new ProducerRecord<>(arguments[1], parts[0], parts[1]));
      }
    }
    for (var producer : producers) producer.close();
  }
}
