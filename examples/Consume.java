import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

class Consume {
    public static void main(String[] arguments) throws Exception {
        var settings = new HashMap<String, Object>(Map.of("bootstrap.servers", arguments[0], "group.id", arguments[1]));
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(arguments[2]));
            while (true) for (var message : consumer.poll(Duration.ofSeconds(1))) {
                // Later messages of a key replace earlier ones; null: nothing is known any more.
                var tally = new ObjectMapper().readTree(message.value() == null ? "{}" : message.value());
                System.out.println(message.key() + " " + tally.path("measures"));
            }
        }
    }
}
