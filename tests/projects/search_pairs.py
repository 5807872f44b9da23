"""Projects as communes and associations write them, and what somebody who reads the other language types to find each.

Written for this test, before the search was tried on them; nothing here comes from the evaluation sets.
"""

from typing import NamedTuple


class Pair(NamedTuple):
    title: str
    summary: str
    query: str
    """In the other language."""


ARABIC_PROJECTS = (
    Pair(
        "معصرة صغيرة لنساء الدوار",
        "تبيع النساء حب الزيتون للوسطاء بثمن بخس. نريد أن نعصره معا ونبيع الزيت في قنينات تحمل اسم منطقتنا.",
        "huile d’olive coopérative féminine",
    ),
    Pair(
        "تربية النحل في سفح الجبل",
        "عشرة شبان يريدون خلايا حديثة ومن يعلمهم العناية بها، ثم بيع العسل في الأسواق وللزوار.",
        "apiculteur miel",
    ),
    Pair(
        "نقل مدرسي للفتيات",
        "حافلة صغيرة تقل التلميذات من الدواوير البعيدة إلى الإعدادية حتى لا ينقطعن عن الدراسة.",
        "transport scolaire collégiennes",
    ),
    Pair(
        "دروس مسائية لمحو الأمية",
        "نساء ورجال فاتتهم المدرسة يرغبون في تعلم القراءة والكتابة والحساب مرتين في الأسبوع.",
        "apprendre à lire et écrire aux adultes",
    ),
    Pair(
        "مضخة تشتغل بالشمس لبئر القرية",
        "المضخة القديمة تستهلك الكثير من الوقود. نبحث عمن يدرس تركيب ألواح شمسية فوق البئر.",
        "pompe solaire pour un puits",
    ),
    Pair(
        "فرز النفايات المنزلية من المصدر",
        "تسع قرى في الوادي تريد أن تفصل البلاستيك والورق عن البقايا قبل مرور شاحنة الجمع.",
        "tri sélectif des ordures ménagères",
    ),
    Pair(
        "إصلاح ساقية الحقول",
        "نصف ماء الساقية يضيع في الطريق. نريد تبطينها وتوزيع السقي بعدل بين الفلاحين.",
        "réparation d’un canal d’irrigation",
    ),
    Pair(
        "دار الأمومة قرب المركز الصحي",
        "تأتي النساء الحوامل من بعيد، والطريق تغلقها الثلوج. بيت يستقبلهن أياما قبل الولادة ينقذ أرواحا.",
        "accueil des femmes enceintes avant l’accouchement",
    ),
    Pair(
        "قافلة لفحص البصر ونظارات للتلاميذ",
        "كثير من التلاميذ لا يرون السبورة جيدا ولم يزوروا طبيب عيون قط.",
        "ophtalmologue dépistage de la vue",
    ),
    Pair(
        "ملعب صغير للقرب",
        "يلعب الأطفال كرة القدم فوق الطريق. الأرض موجودة وينقص التصميم والسياج والشباك.",
        "terrain de football pour enfants",
    ),
    Pair(
        "زرابي الجدات في سوق جديد",
        "ما زالت عشرون امرأة تنسج الزرابي بالأصباغ الطبيعية، ولا أحد يعرف كيف يحدد ثمنها ويعرضها.",
        "tissage et vente de tapis",
    ),
    Pair(
        "بيوت ضيافة في القرية",
        "عائلات مستعدة لاستقبال المسافرين، وتحتاج إلى تكوين في الاستقبال والطبخ والنظافة.",
        "gîte rural accueil de touristes",
    ),
    Pair(
        "ترميم المخزن الجماعي القديم",
        "أكادير القرية عمره أربعة قرون وجدرانه تتساقط. نبحث عن مهندس معماري يعرف البناء بالتراب.",
        "restauration d’un bâtiment historique en terre",
    ),
    Pair(
        "نادي البرمجة للصغار",
        "بعد المدرسة، يتعلم الأطفال كيف يصنعون لعبة على الحاسوب بدل أن يكتفوا باللعب.",
        "initiation des enfants à la programmation informatique",
    ),
    Pair(
        "أشجار توقف انجراف التربة",
        "كلما هطلت الأمطار جرفت السفوح. نريد غرس الخروب واللوز ومصاطب من الحجر.",
        "reboisement contre l’érosion des sols",
    ),
    Pair(
        "تثمين التين الشوكي",
        "تعاونية تجني ثمار الصبار وتريد استخراج الزيت من البذور وصنع المربى.",
        "transformation du cactus figue de barbarie",
    ),
    Pair(
        "معالجة المياه العادمة للمركز",
        "تصب قنوات الصرف في الوادي. نحتاج إلى دراسة تقنية لمحطة بسيطة قليلة الكلفة.",
        "assainissement station d’épuration des eaux usées",
    ),
    Pair(
        "تكوين مربيات التعليم الأولي",
        "ست مربيات يستقبلن الأطفال بين الرابعة والسادسة دون أي تكوين تربوي.",
        "formation des éducatrices du préscolaire",
    ),
    Pair(
        "سيارة إسعاف وفريق متطوع",
        "أقرب مستشفى على بعد ساعتين. نريد سيارة مجهزة ومتطوعين يتقنون الإسعافات الأولية.",
        "ambulance premiers secours bénévoles",
    ),
    Pair(
        "ترويض طبي للأطفال في وضعية إعاقة",
        "لا يجد الآباء مختصا في العلاج الطبيعي إلا في المدينة. يوم واحد في الأسبوع يغير حياتهم.",
        "kinésithérapeute enfants handicapés",
    ),
    Pair(
        "جبن الماعز لمرتفعاتنا",
        "يشرب الرعاة الحليب أو يرمونه. نتعلم صناعة الجبن وحفظه وبيعه للفنادق.",
        "fabrication de fromage de chèvre",
    ),
    Pair(
        "تقطير النباتات العطرية",
        "الزعتر والخزامى يباعان خاما. وحدة تقطير صغيرة تعطي زيوتا أساسية بثمن أفضل.",
        "distillation de plantes aromatiques et médicinales",
    ),
    Pair(
        "إنارة عمومية أقل كلفة",
        "فاتورة الكهرباء تأكل ميزانية الجماعة. نفكر في مصابيح اقتصادية تعمل بالطاقة الشمسية.",
        "éclairage public solaire",
    ),
    Pair(
        "مكتبة متنقلة بين الدواوير",
        "سيارة مملوءة بالكتب تمر كل أسبوع، مع من يحكي القصص للأطفال.",
        "livres bibliothèque itinérante",
    ),
    Pair(
        "مهرجان أحواش",
        "ليلتان للرقص والغناء الجماعي، مع الشعراء والفرق المحلية، في ساحة القرية.",
        "festival de musique et de danse traditionnelle",
    ),
    Pair(
        "الكهرباء والسباكة، مهن للشباب",
        "شباب بلا شهادة يريدون تعلم حرفة في البناء: التمديدات الكهربائية وأنابيب الماء.",
        "formation électricien plombier",
    ),
    Pair(
        "خدمات الجماعة عبر الأنترنت",
        "يقطع السكان خمسين كيلومترا من أجل وثيقة. نريد موقعا لطلب الوثائق الإدارية من الهاتف.",
        "site internet démarches administratives en ligne",
    ),
    Pair(
        "سد تلي لجمع ماء المطر",
        "خزان صغير بين الجبلين يسقي البساتين في الصيف ويغذي الفرشة المائية.",
        "barrage retenue collinaire",
    ),
    Pair(
        "تمورنا بدون وسطاء",
        "نحتاج إلى من يعلم الفلاحين تعليب التمر وعرضه في متجر على الأنترنت.",
        "commercialisation des dattes",
    ),
    Pair(
        "مواكبة الشباب حاملي المشاريع",
        "كيف تكتب خطة عمل وتحسب التكاليف وتسجل مقاولتك؟ ورشات يقدمها من سبق له ذلك.",
        "création d’entreprise par des jeunes",
    ),
    Pair(
        "فرقة مسرحية لدار الشباب",
        "يريد الشباب كتابة مسرحية عن الهجرة وتمثيلها في القرى المجاورة.",
        "atelier de théâtre",
    ),
    Pair(
        "سلامة التلاميذ أمام المدرسة",
        "السيارات تمر بسرعة أمام الباب. نريد تشوير الطريق وتوعية السائقين والأطفال.",
        "sécurité routière devant l’école",
    ),
    Pair(
        "صحة القطيع",
        "تموت الخرفان كل شتاء. يطلب الكسابة طبيبا بيطريا يشرح التلقيح والتغذية.",
        "vétérinaire soins aux moutons",
    ),
)

FRENCH_PROJECTS = (
    Pair(
        "Un atelier de couture pour les mères de famille",
        "Quinze femmes ont des machines données par une association et personne pour leur montrer la coupe.",
        "تعلم الخياطة والتفصيل",
    ),
    Pair(
        "Une eau du robinet qui ne rend pas malade",
        "Le réservoir n’est ni nettoyé ni chloré. Nous cherchons qui sait analyser l’eau potable et former le gardien.",
        "جودة الماء الصالح للشرب",
    ),
    Pair(
        "Un garage-école",
        "Des jeunes sans emploi apprendraient à réparer moteurs et freins avec un mécanicien à la retraite.",
        "تكوين في ميكانيك السيارات",
    ),
    Pair(
        "Le compost du souk",
        "Chaque mardi, deux tonnes d’épluchures partent à la décharge. Elles pourraient nourrir les vergers.",
        "تحويل النفايات العضوية إلى سماد",
    ),
    Pair(
        "Des maths sans larmes",
        "Soutien scolaire à distance pour les collégiens, une heure le samedi, par des étudiants ou des ingénieurs.",
        "دروس الدعم في الرياضيات",
    ),
    Pair(
        "Poules pondeuses pour vingt familles",
        "Un petit élevage par foyer, la nourriture achetée ensemble et les œufs vendus à l’épicerie.",
        "تربية الدجاج وبيع البيض",
    ),
    Pair(
        "Abricots et figues séchés au soleil",
        "La récolte pourrit faute d’acheteurs. Avec des séchoirs propres, les fruits se gardent tout l’hiver.",
        "تجفيف الفواكه وحفظها",
    ),
    Pair(
        "Une radio tenue par les lycéens",
        "Émissions en amazigh et en arabe, depuis la maison des jeunes : il faut apprendre le son et le reportage.",
        "إذاعة محلية للشباب",
    ),
    Pair(
        "Redessiner le souk hebdomadaire",
        "Marchands, bêtes et voitures se mélangent. Un plan d’aménagement remettrait chacun à sa place.",
        "تهيئة السوق الأسبوعي",
    ),
    Pair(
        "Une piste praticable toute l’année",
        "Après chaque crue, le douar est coupé du monde. Il faut étudier le tracé et les passages busés.",
        "إصلاح الطريق القروية",
    ),
    Pair(
        "Dépister le diabète avant qu’il soit tard",
        "Deux journées par an avec infirmiers et diététiciens pour mesurer la glycémie et la tension.",
        "الكشف المبكر عن مرض السكري",
    ),
    Pair(
        "Chauffer les classes en hiver",
        "À deux mille mètres, les élèves gardent leurs gants. Nous voudrions isoler l’école et remplacer les poêles.",
        "تدفئة الأقسام الدراسية",
    ),
    Pair(
        "Protéger l’arganeraie",
        "Les jeunes pousses sont broutées. Mise en défens, pépinière et sensibilisation des bergers.",
        "حماية شجر أركان",
    ),
    Pair(
        "Guides de montagne du pays",
        "Des jeunes connaissent chaque sentier mais pas l’accueil des randonneurs ni les secours.",
        "تكوين مرشدين سياحيين في الجبال",
    ),
    Pair(
        "Les comptes de nos coopératives",
        "Six trésorières tiennent un cahier. Elles aimeraient comprendre un bilan et parler à la banque.",
        "المحاسبة للتعاونيات",
    ),
    Pair(
        "Savoir demander une subvention",
        "Nos associations ont des idées mais remplissent mal les dossiers des bailleurs de fonds.",
        "كيفية طلب تمويل للجمعيات",
    ),
    Pair(
        "La poterie de nos grands-mères",
        "Il ne reste que trois potières. Transmettre le tour et le four aux filles, et vendre autrement.",
        "صناعة الفخار والخزف",
    ),
    Pair(
        "Écouter les femmes victimes de violences",
        "Une permanence discrète, avec une juriste et une psychologue, un après-midi par semaine.",
        "مساعدة النساء ضحايا العنف",
    ),
    Pair(
        "Parler anglais pour recevoir",
        "Les familles d’accueil et les chauffeurs veulent quelques mots d’anglais pour les voyageurs.",
        "تعلم اللغة الإنجليزية",
    ),
    Pair(
        "Passer au goutte-à-goutte",
        "La nappe baisse. Des agriculteurs voudraient équiper leurs parcelles et apprendre à régler l’arrosage.",
        "الري بالتنقيط للفلاحين",
    ),
    Pair(
        "Une menuiserie pour apprendre un métier",
        "Tables d’école, portes et fenêtres fabriquées sur place par des apprentis.",
        "ورشة نجارة للمتدربين",
    ),
    Pair(
        "Le conseil communal des enfants",
        "Élire des délégués dans chaque école et leur confier un vrai petit budget : comment s’y prendre ?",
        "مجلس جماعي للأطفال",
    ),
    Pair(
        "Et après le bac ?",
        "Nos bacheliers choisissent au hasard. Des anciens leur parleraient des études, des bourses et des métiers.",
        "التوجيه بعد الباكالوريا",
    ),
    Pair(
        "Rompre la solitude des anciens",
        "Visites à domicile, repas du vendredi et petits soins pour les personnes âgées restées seules.",
        "العناية بالمسنين",
    ),
    Pair(
        "Des panneaux sur le toit de l’école",
        "L’électricité coupe souvent. Une installation photovoltaïque ferait marcher la salle informatique.",
        "ألواح شمسية للمدرسة",
    ),
    Pair(
        "Vendre notre artisanat au loin",
        "Bijoux, cuir et bois sculpté : un catalogue photographié et une boutique en ligne.",
        "متجر إلكتروني للصناعة التقليدية",
    ),
    Pair(
        "Du biogaz avec le fumier",
        "Un digesteur par étable remplacerait la bouteille de gaz et le bois coupé en forêt.",
        "إنتاج الغاز الحيوي من روث الحيوانات",
    ),
    Pair(
        "Prévenir les feux de forêt",
        "Former des guetteurs, débroussailler près des maisons et savoir qui appeler.",
        "الوقاية من حرائق الغابات",
    ),
    Pair(
        "Fauteuils roulants et rampes",
        "Douze personnes ne sortent plus. Du matériel, et des entrées accessibles à la mairie et au dispensaire.",
        "كراسي متحركة للأشخاص في وضعية إعاقة",
    ),
    Pair(
        "Sauver les archives de la commune",
        "Registres et cartes s’abîment dans la cave. Les trier, les numériser, les ranger au sec.",
        "رقمنة الأرشيف",
    ),
    Pair(
        "Une sage-femme qui se déplace",
        "Suivi des grossesses dans les hameaux, avec une mallette et un téléphone.",
        "قابلة لتتبع الحمل في القرى",
    ),
    Pair(
        "Une cantine qui cuisine local",
        "Légumes et lait des fermes voisines pour deux cents élèves internes ; une cuisinière à former à l’hygiène.",
        "مطعم مدرسي",
    ),
    Pair(
        "Un hackathon pour le territoire",
        "Étudiants et développeurs de la diaspora, trois jours, une application utile à nos associations.",
        "تطوير تطبيقات للهاتف",
    ),
)
