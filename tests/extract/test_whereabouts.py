"""A number without a place beside it belongs to its sentence, paragraph, section, text, or to the front."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

# name → language, title, body, and every count of now with its regions.
CASES = {
    "en-over-the-region-overnight": (
        "en",
        "",
        "A depot burned in Russia's Saratov region. Six drones were shot down over the region overnight.",
        {("intercepted", 6, "RU-SAR")},
    ),
    "en-over-the-city-on-a-day": (
        "en",
        "",
        "A drone fell in Kazan. Six more drones were shot down over the city on Tuesday.",
        {("intercepted", 6, "RU-TA")},
    ),
    "de-over-the-region-at-night": (
        "de",
        "",
        "In der Region Saratow brannte ein Lager. Über der Region wurden nachts sechs Drohnen abgeschossen.",
        {("intercepted", 6, "RU-SAR")},
    ),
    "en-over-as-many": (
        "en",
        "",
        "In Saratov region, over 60 drones were shot down overnight.",
        {("intercepted", 61, "RU-SAR")},
    ),
    "en-port-on-a-sea": (
        "en",
        "",
        "A Russian drone hit a warehouse in the port of Odesa, on the Black Sea, killing three people.",
        {("hit", 1, "UA-51"), ("killed", 3, "UA-51")},
    ),
    "es-port-on-a-sea": (
        "es",
        "",
        "Un dron ruso alcanzó un almacén del puerto de Odesa, en el mar Negro, matando a tres personas.",
        {("hit", 1, "UA-51"), ("killed", 3, "UA-51")},
    ),
    "fr-port-on-a-sea": (
        "fr",
        "",
        "Un drone russe a frappé un entrepôt d'Odessa, sur la mer Noire, tuant trois personnes.",
        {("hit", 1, "UA-51"), ("killed", 3, "UA-51")},
    ),
    "es-of-the-city-whose-governor-spoke": (
        "es",
        "Incendio en una refinería de Krasnodar",
        "Drones atacaron una refinería de Krasnodar.\n\nEl gobernador de Sebastopol informó del derribo de 24 drones."
        "\n\nLos fragmentos cayeron en varios distritos. Un niño resultó herido.",
        {("intercepted", 24, "UA-40"), ("injured", 1, "UA-40")},
    ),
    "en-of-the-region-whose-governor-spoke": (
        "en",
        "Refinery burns in Krasnodar region",
        "Drones set a refinery in Krasnodar on fire.\n\nThe governor of Belgorod said nine drones were shot down."
        "\n\nA child was injured by debris.",
        {("intercepted", 9, "RU-BEL"), ("injured", 1, "RU-BEL")},
    ),
    "en-there-but-over-the-country": (
        "en",
        "",
        "A plant in Tula region burned after debris came down there in a raid in which 72 drones were destroyed over "
        "Russia.",
        {("intercepted", 72, "")},
    ),
    "en-there-and-so-many-downed": (
        "en",
        "",
        "Drones attacked Tula. Debris fell there, and 12 drones were shot down.",
        {("intercepted", 12, "RU-TUL")},
    ),
    "es-in-the-country-as-a-whole": (
        "es",
        "",
        "En Odesa murieron dos personas por un dron. En el conjunto del país fueron derribados 60 drones.",
        {("killed", 2, "UA-51"), ("intercepted", 60, "")},
    ),
    "en-over-land-and-a-sea": (
        "en",
        "",
        "Six drones were shot down over Odesa region, over the Black Sea.",
        {("intercepted", 6, "SEA-BLACK UA-51")},
    ),
    "ru-shared-with-missiles": (
        "ru",
        "",
        "Дежурными средствами ПВО два беспилотника и четыре ракеты уничтожены над территорией Белгородской области.",
        {("intercepted", 2, "RU-BEL")},
    ),
    "ru-missile-and-drone": (
        "ru",
        "",
        "Над Брянском сбиты ракета и беспилотник.",
        {("intercepted", 1, "RU-BRY")},
    ),
    "uk-missile-and-drone": (
        "uk",
        "",
        "Над Сумщиною збиті ракета та безпілотник.",
        {("intercepted", 1, "UA-59")},
    ),
    "ru-pair-of-fates": (
        "ru",
        "",
        "Ночью четыре беспилотника уничтожено и еще два перехвачено над акваторией Азовского моря.",
        {("intercepted", 4, "SEA-AZOV"), ("intercepted", 2, "SEA-AZOV")},
    ),
    "uk-hurt-there-too": (
        "uk",
        "",
        "Уночі над Дніпропетровщиною збили 26 дронів. У Павлограді поранено трьох людей. У Нікополі – двох.",
        {("intercepted", 26, "UA-12"), ("injured", 3, "UA-12"), ("injured", 2, "UA-12")},
    ),
    "ru-hurt-there-too": (
        "ru",
        "",
        "Ночью атаковали дроны. В Туле ранены трое. В Калуге – двое.",
        {("injured", 3, "RU-TUL"), ("injured", 2, "RU-KLU")},
    ),
    "ru-downed-there-too": (
        "ru",
        "",
        "Над Тулой сбили шесть дронов. Над Калугой – четыре.",
        {("intercepted", 6, "RU-TUL"), ("intercepted", 4, "RU-KLU")},
    ),
    "en-hurt-there-too": (
        "en",
        "",
        "Drones struck two cities. In Kharkiv three people were injured. In Sumy – two.",
        {("injured", 3, "UA-63"), ("injured", 2, "UA-59")},
    ),
    "ru-to-moscow": (
        "ru",
        "",
        "Украинские дроны ночью пытались ударить по Москве. За ночь мэр города отчитался о 14 сбитых аппаратах.",
        {("intercepted", 14, "RU-MOW")},
    ),
    "ru-offshore": (
        "ru",
        "",
        "В Севастополе силы ПВО уничтожили три беспилотника над Черным морем.",
        {("intercepted", 3, "UA-40")},
    ),
    "ru-further": (
        "ru",
        "",
        "Над Орлом сбили девять беспилотников. Еще пять БПЛА подавлены средствами РЭБ.",
        {("intercepted", 9, "RU-ORL"), ("suppressed", 5, "RU-ORL")},
    ),
    "uk-of-whole": (
        "uk",
        "",
        "Під час нічної атаки на Чернігівщину перехоплювачі збили 22 з 36 «шахедів».",
        {("intercepted", 22, "UA-74"), ("launched", 36, "UA-74")},
    ),
    "en-around-the-capital": (
        "en",
        "",
        "The drone attack on Kyiv left 12 people injured, mayor Vitali Klitschko said. In the surrounding region two "
        "people were hurt.",
        {("injured", 12, "UA-30"), ("injured", 2, "UA-32")},
    ),
    "de-pair": (
        "de",
        "",
        "Nach dem Drohnenangriff ist von zwei Toten und sieben Verletzten in Charkiw die Rede.",
        {("killed", 2, "UA-63"), ("injured", 7, "UA-63")},
    ),
    "en-digest-of-the-day": (
        "en",
        "",
        "Russian drone attacks killed three civilians and injured 14 across Ukraine over the past day, regional "
        "authorities said. In Donetsk Oblast, one person was killed and four injured. In Kherson Oblast, drones killed "
        "two people and wounded seven. Three people were injured in Sumy Oblast.",
        {
            ("killed", 3, ""),
            ("injured", 14, ""),
            ("killed", 1, "UA-14"),
            ("injured", 4, "UA-14"),
            ("killed", 2, "UA-65"),
            ("injured", 7, "UA-65"),
            ("injured", 3, "UA-59"),
        },
    ),
    "uk-digest-of-lines": (
        "uk",
        "Наслідки атак за добу",
        "Херсонщина: 2 загиблих, 7 поранених (дрони).\nДонеччина: 4 поранених унаслідок ударів FPV.\n"
        "Харківщина: 3 поранених після влучання БпЛА.",
        {("killed", 2, "UA-65"), ("injured", 7, "UA-65"), ("injured", 4, "UA-14"), ("injured", 3, "UA-63")},
    ),
    "ru-only-drones": (
        "ru",
        "",
        "В Херсонской области от артобстрелов погибли двое. В Сумской области дрон ранил трех человек. В Запорожье при "
        "ударе авиабомбами ранены пятеро.",
        {("injured", 3, "UA-59")},
    ),
    "en-digest": (
        "en",
        "",
        "Russian drones hit several Ukrainian regions overnight. In the Kherson region two people were "
        "killed and five injured. In the Kharkiv region three people were injured, and in Sumy a woman was "
        "killed.",
        {("injured", 3, "UA-63"), ("injured", 5, "UA-65"), ("killed", 1, "UA-59"), ("killed", 2, "UA-65")},
    ),
    "en-digest-colon": (
        "en",
        "Casualties of the night: drone attacks across Ukraine",
        "Kherson region: two killed, five injured\nKharkiv region: three injured\nSumy region: one killed, one injured",
        {
            ("injured", 1, "UA-59"),
            ("injured", 3, "UA-63"),
            ("injured", 5, "UA-65"),
            ("killed", 1, "UA-59"),
            ("killed", 2, "UA-65"),
        },
    ),
    "en-coord": (
        "en",
        "",
        "Ukrainian drones struck again. Local media reported four injuries and two deaths in the Belgorod region.",
        {("injured", 4, "RU-BEL"), ("killed", 2, "RU-BEL")},
    ),
    "en-section": (
        "en",
        "Drone attacks: what we know",
        "Russia said it was attacked by dozens of drones.\n\nTula region\n\nAir defences shot down six "
        "drones, the authorities said. Nobody was hurt.\n\nKaluga region\n\nFour UAVs were destroyed, two "
        "people were injured.",
        {
            ("injured", 0, "RU-TUL"),
            ("injured", 2, "RU-KLU"),
            ("intercepted", 4, "RU-KLU"),
            ("intercepted", 6, "RU-TUL"),
            ("launched", 24, ""),
        },
    ),
    "en-the-region": (
        "en",
        "",
        "Drones attacked the Tambov region at night. Seven of them were shot down over the region, the governor said.",
        {("intercepted", 7, "RU-TAM")},
    ),
    "en-topic": (
        "en",
        "Drones strike refinery in Samara region",
        "Ukrainian drones attacked an oil refinery in the Samara region overnight. Three drones hit the "
        "plant. Five more were shot down on the approach.",
        {("hit", 3, "RU-SAM"), ("intercepted", 5, "RU-SAM")},
    ),
    "en-next": (
        "en",
        "",
        "Five Ukrainian drones were shot down overnight, the Russian Defence Ministry said. The drones were "
        "destroyed over the Tula and Kaluga regions.",
        {("intercepted", 5, "RU-KLU RU-TUL")},
    ),
    "en-next2": (
        "en",
        "",
        "Air defences downed 40 drones overnight. It happened over the Sumy, Poltava and Kyiv regions.",
        {("intercepted", 40, "UA-32 UA-53 UA-59")},
    ),
    "en-part": (
        "en",
        "",
        "Nine drones were shot down over the Oryol region, two of them near an oil depot.",
        {("intercepted", 2, "RU-ORL"), ("intercepted", 9, "RU-ORL")},
    ),
    "en-date": (
        "en",
        "",
        "Twenty-eight drones were shot down in the night to Saturday, June 14, over the Kursk region.",
        {("intercepted", 28, "RU-KRS")},
    ),
    "en-wholefront": (
        "en",
        "Drone debris sparks fire at Tuapse refinery",
        "Debris from a drone set a refinery in Tuapse on fire, officials said. Air defences destroyed 75 "
        "drones overnight, the Russian defence ministry said.",
        {("intercepted", 75, "")},
    ),
    "ru-digest": (
        "ru",
        "",
        "За сутки российские дроны атаковали несколько областей. В Херсонской области погибли два человека, "
        "еще пятеро ранены. В Харьковской – трое раненых. На Сумщине погибла женщина.",
        {("injured", 3, "UA-63"), ("injured", 5, "UA-65"), ("killed", 1, "UA-59"), ("killed", 2, "UA-65")},
    ),
    "ru-section": (
        "ru",
        "Ночная атака БПЛА: главное",
        "Дроны атаковали несколько регионов.\n\nТульская область\n\nСбито шесть беспилотников, сообщил "
        "губернатор. Пострадавших нет.\n\nКалужская область\n\nУничтожено четыре БПЛА, двое ранены.",
        {
            ("injured", 0, "RU-TUL"),
            ("injured", 2, "RU-KLU"),
            ("intercepted", 4, "RU-KLU"),
            ("intercepted", 6, "RU-TUL"),
        },
    ),
    "ru-region": (
        "ru",
        "",
        "Беспилотники ночью атаковали Тамбовскую область. Над регионом сбили семь дронов, сообщил губернатор.",
        {("intercepted", 7, "RU-TAM")},
    ),
    "ru-city": (
        "ru",
        "",
        "Ночью дроны летели на Воронеж. Над городом уничтожили восемь беспилотников.",
        {("intercepted", 8, "RU-VOR")},
    ),
    "ru-next": (
        "ru",
        "",
        "Ночью пресечена атака пятью украинскими беспилотниками. Аппараты уничтожены над Тульской и "
        "Калужской областями.",
        {("intercepted", 5, "RU-KLU RU-TUL")},
    ),
    "ru-part": (
        "ru",
        "",
        "Над Брянском перехвачены девять беспилотников, два из которых упали на склад.",
        {("intercepted", 2, "RU-BRY"), ("intercepted", 9, "RU-BRY")},
    ),
    "ru-coord": (
        "ru",
        "",
        "Дрон попал в автобус. Власти сообщили о двух погибших и семи раненых в Белгородской области.",
        {("hit", 1, "RU-BEL"), ("injured", 7, "RU-BEL"), ("killed", 2, "RU-BEL")},
    ),
    "ru-colon": (
        "ru",
        "Последствия ударов дронов",
        "Херсонская область: двое погибших, пятеро раненых\nХарьковская область: трое раненых\nСумская "
        "область: один погибший",
        {("injured", 3, "UA-63"), ("injured", 5, "UA-65"), ("killed", 1, "UA-59"), ("killed", 2, "UA-65")},
    ),
    "uk-digest": (
        "uk",
        "",
        "Росіяни вночі били дронами по кількох областях. На Херсонщині загинули двоє людей, ще п’ятеро "
        "поранені. На Харківщині – троє поранених. На Сумщині загинула жінка.",
        {("injured", 3, "UA-63"), ("injured", 5, "UA-65"), ("killed", 1, "UA-59"), ("killed", 2, "UA-65")},
    ),
    "uk-oblast": (
        "uk",
        "МИКОЛАЇВЩИНА",
        "Уночі ворог атакував Миколаївщину «шахедами». Над областю збили дев’ять дронів.",
        {("intercepted", 9, "UA-48")},
    ),
    "uk-next": (
        "uk",
        "",
        "Станом на 9:00 підтверджено збиття 40 БпЛА. Сталося це над Сумщиною, Полтавщиною та Київщиною.",
        {("intercepted", 40, "UA-32 UA-53 UA-59")},
    ),
    "uk-coord": (
        "uk",
        "",
        "Рятувальники повідомили про двох загиблих і сімох поранених у Харкові після атаки дронів.",
        {("injured", 7, "UA-63"), ("killed", 2, "UA-63")},
    ),
    "uk-city": (
        "uk",
        "",
        "Дрони атакували Запоріжжя. На місто летіли п’ятнадцять безпілотників.",
        {("launched", 15, "UA-23")},
    ),
    "de-digest": (
        "de",
        "",
        "Russische Drohnen trafen mehrere Gebiete. In der Region Cherson starben zwei Menschen, fünf wurden "
        "verletzt. In Charkiw gab es drei Verletzte, in Sumy eine Tote.",
        {("injured", 3, "UA-63"), ("injured", 5, "UA-65"), ("killed", 1, "UA-59"), ("killed", 2, "UA-65")},
    ),
    "de-region": (
        "de",
        "",
        "Drohnen griffen nachts die Region Tambow an. Sieben wurden über der Region abgeschossen, teilte "
        "der Gouverneur mit.",
        {("intercepted", 7, "RU-TAM")},
    ),
    "de-stadt": (
        "de",
        "",
        "In der Nacht flogen Drohnen auf Woronesch. Über der Stadt wurden acht Drohnen abgeschossen.",
        {("intercepted", 8, "RU-VOR")},
    ),
    "de-section": (
        "de",
        "Was über die Drohnenangriffe bekannt ist",
        "Mehrere Regionen meldeten Drohnen.\n\nTula\n\nDie Luftabwehr schoss sechs Drohnen ab, teilten die "
        "Behörden mit. Verletzt wurde niemand.\n\nKaluga\n\nVier Drohnen wurden zerstört, zwei Menschen "
        "verletzt.",
        {
            ("injured", 0, "RU-TUL"),
            ("injured", 2, "RU-KLU"),
            ("intercepted", 4, "RU-KLU"),
            ("intercepted", 6, "RU-TUL"),
        },
    ),
    "de-next": (
        "de",
        "",
        "In der Nacht wurden fünf ukrainische Drohnen abgefangen. Die Fluggeräte seien über den Regionen "
        "Tula und Kaluga zerstört worden.",
        {("intercepted", 5, "RU-KLU RU-TUL")},
    ),
    "de-coord": (
        "de",
        "",
        "Nach dem Drohnenangriff meldeten die Behörden zwei Tote und sieben Verletzte in Charkiw.",
        {("injured", 7, "UA-63"), ("killed", 2, "UA-63")},
    ),
    "de-hit": (
        "de",
        "",
        "In der Region Rjasan griffen Drohnen eine Raffinerie an. Drei Drohnen schlugen in das Werk ein.",
        {("hit", 3, "RU-RYA")},
    ),
    "de-moskau": (
        "de",
        "Drohnenangriff auf Moskau",
        "Moskaus Bürgermeister Sobjanin sprach von zwölf abgeschossenen Drohnen im Anflug auf die Stadt. "
        "Das Verteidigungsministerium meldete landesweit 80 abgefangene Drohnen.",
        {("intercepted", 12, "RU-MOW"), ("intercepted", 80, "")},
    ),
    "en-mayor": (
        "en",
        "",
        "Drones targeted Moscow overnight. The city's mayor reported 14 downed drones.",
        {("intercepted", 14, "RU-MOW")},
    ),
    "ru-mayor": (
        "ru",
        "",
        "Беспилотники ночью летели на Москву. Мэр города отчитался о 14 сбитых дронах.",
        {("intercepted", 14, "RU-MOW")},
    ),
    "ru-live": (
        "ru",
        "Атака БПЛА. Хроника",
        "09:10 В Брянской области сбили пять дронов.\n\n08:30 Губернатор Тульской области: уничтожено три "
        "беспилотника, есть один пострадавший.\n\n07:55 Над Калужской областью перехвачены два БПЛА.",
        {
            ("injured", 1, "RU-TUL"),
            ("intercepted", 2, "RU-KLU"),
            ("intercepted", 3, "RU-TUL"),
            ("intercepted", 5, "RU-BRY"),
        },
    ),
    "en-gov": (
        "en",
        "",
        "Governor Gladkov said his region came under attack. Eleven drones were shot down, he wrote, and "
        "three people were injured.",
        {("injured", 3, "RU-BEL"), ("intercepted", 11, "RU-BEL")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_number_is_of_the_place_that_is_spoken_of(name: str) -> None:
    language, title, body, expected = CASES[name]
    found = {
        (claim.measure, claim.quantity.low, " ".join(claim.regions))
        for claim in claims(body, language, title)
        if claim.quantity is not None and claim.status == "current"
    }
    assert found == expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "ru",
            "Сбит 71 БПЛА: 49 над Белгородской областью, 9 - над Воронежской, 8 - над акваторией Каспийского моря.",
        ),
        (
            "en",
            "71 drones were shot down: 49 over the Belgorod region, nine over Voronezh, eight over the Caspian Sea.",
        ),
        ("de", "71 Drohnen wurden abgeschossen: 49 über Belgorod, neun über Woronesch, acht über dem Kaspischen Meer."),
    ],
)
def test_a_sea_that_is_no_region_is_not_the_region_before(language: str, body: str) -> None:
    found = {c.quantity.low: c for c in claims(body, language) if c.quantity}
    assert (found[9].regions, found[8].regions) == (("RU-VOR",), ())
    assert found[8].part_of == found[71].claim_id
